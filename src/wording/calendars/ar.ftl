# convene's own words in calendars, in Arabic. Every file here has the same messages with the same variables.

# What stands before and behind a title in the list of a calendar
summary = { $group }: { $title }
summary-with-suffixes = { $group }: { $title } ({ $suffixes })
suffix-tentative = مبدئياً
suffix-provisional = الوقت قابل للتغيير
suffix-usual = بساعات معتادة
suffix-open = النهاية غير معلنة
suffix-unknown = الساعة غير معلنة
suffix-about = الوقت تقريبي
suffix-latest = قد ينتهي قبل ذلك
suffix-until = حتى { $hour }
suffix-after = بعد: { $title }
title-alone = { $title }
title-alone-with-suffixes = { $title } ({ $suffixes })
cancelled-title = إلغاء: { $title }
postponed-title = تأجيل: { $title }
list = { $first } و{ $rest }
places = { $first }، { $rest }
with-title = { $body } ({ $title })

# What a session is called that has no title
kind-plenary = جلسة عامة
kind-working-party = اجتماع فرقة عمل
kind-question = اجتماع مسألة
kind-ad-hoc = اجتماع مخصص
kind-management = فريق الإدارة
kind-registration = التسجيل
kind-newcomers = جلسة الوافدين الجدد
kind-workshop = ورشة عمل
kind-social = مناسبة اجتماعية
kind-meeting = اجتماع
kind-break = استراحة
kind-other = جلسة
title-of-bodies = { $kind } – { $bodies }

# Parts of the day
part-morning = الفترة الصباحية
part-afternoon = فترة بعد الظهر
part-evening = الفترة المسائية

# Lines of a description
join = المشاركة: { $url }
join-label = المشاركة
online = عبر الإنترنت
join-elsewhere = المشاركة عن بُعد: الرابط متاح في التقاويم الخاصة للمعنيين ({ $audiences }).
cancelled-text = أُلغي هذا الموعد: { $reason }
postponed-text = أُجّل هذا الموعد: { $reason }
gone = أُلغي هذا الموعد: لم يعد معلناً.
changed = تعديل في { $date }: { $what }
replaced = حلّ محل هذا الموعد موعد آخر في هذا التقويم للجلسة نفسها.
moved = تغيّر الموعد: كان { $from }.
reason = السبب: { $reason }
day-and-part = { $date }، { $part }
tentative = موعد مبدئي: الانعقاد غير مؤكد.
provisional = الانعقاد مؤكد، لكن الوقت قابل للتغيير.
tentative-dates = التواريخ مبدئية.
provisional-dates = انعقاد الاجتماع مؤكد، لكن تواريخه قابلة للتغيير.
hours-unknown = الساعة غير معلنة.
chair = الرئاسة: { $chair }
hours-usual = الساعات: لم يُعلن إلا عن { $part }. والساعات المبينة (من { $start } إلى { $end }) هي الساعات المعتادة لدى { $group }.
hours-usual-at-venue = الساعات: لم يُعلن إلا عن { $part }. والساعات المبينة (من { $start } إلى { $end }) هي الساعات المعتادة في المكان.
hours-start = الساعات: لم يُعلن إلا عن ساعة البدء ({ $start }). وساعة الانتهاء المبينة ({ $end }) هي الساعة المعتادة لانتهاء { $part }.
hours-start-alone = الساعات: لم يُعلن إلا عن ساعة البدء ({ $start }). وساعة الانتهاء المبينة ({ $end }) مجرد افتراض.
hours-about = الساعات: تقريبية (من { $start } إلى { $end }).
hours-about-start = الساعات: لم يُعلن إلا عن ساعة البدء التقريبية ({ $start }). وساعة الانتهاء المبينة ({ $end }) مجرد افتراض.
hours-latest = الساعات: ينتهي في موعد أقصاه { $end }.
hours-until = الساعات: لم يُعلن إلا عن ساعة الانتهاء ({ $end }).
hours-after = الساعات: بعد «{ $title }». ولم تُعلن ساعاته.
hours-after-shown = الساعات: بعد «{ $title }». ولم تُعلن ساعاته، والساعات المبينة (من { $start } إلى { $end }) مجرد افتراض.
bodies = تخص الجلسة: { $bodies }
parallel = على التوازي. ولم يُعلن عن ساعات كل اجتماع.
sequential = على التوالي. ولم يُعلن عن ترتيب الاجتماعات ولا عن ساعات كل منها.
audience-alone = الفئة المستهدفة: { $audiences }
concerns = يخص هذا الموعد: { $audiences }
recommended = موعد موصى به وليس إلزامياً.
how = الطريقة: { $how }
where = الرابط: { $where }
contact = جهة الاتصال: { $contact }
held-in = اللغة: { $languages }
interpretation = الترجمة الشفوية: { $languages }
interpretation-offered = تتوفر الترجمة الشفوية.
interpretation-on-request = الترجمة الشفوية: عند الطلب فقط
interpretation-on-request-into = الترجمة الشفوية: { $languages }، عند الطلب فقط
link = { $label }: { $url }
meeting = الاجتماع: { $title }
not-printed = لا يرد هذا التاريخ في الرسالة الجماعية.
letter = المصدر: الرسالة الجماعية { $number }
letter-dated = المصدر: الرسالة الجماعية { $number } المؤرخة { $date }
timetable = الجدول الزمني وتحديثاته: { $number }
agenda = جدول الأعمال: { $number }
homepage = الصفحة الرئيسية: { $url }

# All-day entries
deadline = موعد { $group } النهائي{ $hour }: { $title }
deadline-for = موعد { $group } النهائي{ $hour }: { $title } ({ $audiences })
recommended-date = تاريخ { $group } الموصى به{ $hour }: { $title }
recommended-date-for = تاريخ { $group } الموصى به{ $hour }: { $title } ({ $audiences })
hour-in-zone = { $hour } { $zone }
closed = { $group }: انتهت أعمال { $body }
closed-text = انتهت أعمال { $body } في { $date }. وينتهي هذا التقويم هنا.
renamed = { $group }: تغيير اسم { $former } إلى { $body }
renamed-text = تغيّر اسم { $former } إلى { $body }. ويستمر هذا التقويم على عنوانه القديم أيضاً.
no-session = { $group }: لم يُعلن موعد { $body }
no-session-text = لا تتضمن وثائق “{ $meeting }” جلسة مستقلة تخص { $body }. وإذا أُعلن عن جلسة، فستظهر في هذا التقويم.
nothing = { $group }: لا مواعيد معلنة في هذا التقويم
nothing-text = لا توجد حالياً مواعيد معلنة تندرج في هذا التقويم. وما يُعلن عنه سيظهر هنا.

# Names of calendars, and what each holds
calendar = { $group }: { $what }
calendar-all = جميع المواعيد
calendar-plenaries = الجلسات العامة
calendar-deadlines = المواعيد النهائية
calendar-meetings = الاجتماعات
calendar-working-parties = فرق العمل
calendar-questions = المسائل
holds-body = جلسات { $body }، وجلسات الهيئات الأعلى والأدنى مستوى، والمواعيد النهائية.
holds-all = جميع الجلسات والمواعيد النهائية في { $group }.
holds-plenaries = جلسات { $group } ككل، والمواعيد النهائية.
holds-deadlines = المواعيد النهائية في { $group }.
holds-meetings = اجتماعات { $group }، كل اجتماع من يومه الأول إلى يومه الأخير.
holds-meeting = جلسات أحد اجتماعات { $group } ومواعيده النهائية.
holds-event = موعد واحد ضمن أحد اجتماعات { $group }.
holds-follow = جلسات { $what }، وجلسات الهيئات الأعلى والأدنى مستوى، والمواعيد النهائية.
left-out-past = { $holds } ولم تُدرج المواعيد الأقدم لأن برامج التقويم لا تقبل ملفاً أكبر.
left-out-from = { $holds } ولم تُدرج المواعيد اعتباراً من { $date } لأن برامج التقويم لا تقبل ملفاً أكبر.

# What changed in an entry, and how it was before
change-in-list = { $place }: { $what }
differences = { $first }؛ { $rest }
difference-new = موعد جديد
difference-back = أُعلن الموعد من جديد
difference-gone = لم يعد الموعد معلناً
difference-replaced = استُعيض عن الموعد بآخر
difference-cancelled = أُلغي الموعد
difference-postponed = أُجّل الموعد
difference-restored = عاد الموعد قائماً
difference-moved = كان الموعد { $before }
difference-moved-room = كان الموعد { $from }، والقاعة { $room }
difference-until = كان الانتهاء في { $before }
difference-zone = تغيّرت المنطقة الزمنية والموعد نفسه (سابقاً: { $before })
difference-moved-to = أصبح الموعد { $now }
difference-room = كانت القاعة { $before }
difference-room-none = حُددت القاعة
difference-place = كان المكان { $before }
difference-place-none = حُدد المكان
difference-title = كان العنوان “{ $before }”
difference-title-none = أُضيف عنوان
difference-chair = الرئاسة سابقاً: { $before }
difference-chair-none = حُددت الرئاسة
difference-tentative = أصبح الموعد مبدئياً
difference-provisional = أصبح الوقت قابلاً للتغيير
difference-confirmed = تأكد الموعد
difference-bodies = كانت الجلسة تخص { $before }
difference-body-name = أصبح اسم { $before } الآن { $now }
difference-audience = كانت مخصصة لـ { $before }
difference-audience-none = كانت للجميع
difference-hours = لم تكن الساعات معلنة من قبل
difference-assumed = تغير افتراض الساعات
difference-exact = كان الوقت تقريبياً من قبل
difference-about = أصبح الوقت تقريبياً
difference-end-announced = لم تكن ساعة الانتهاء معلنة من قبل
difference-end-unannounced = لم تعد ساعة الانتهاء معلنة
difference-unannounced = لم تعد الساعات معلنة
difference-usual = تظهر الآن الساعات المعتادة
difference-unknown = لم تعد الساعات ظاهرة
difference-link = رابط المشاركة
difference-dates = تواريخ السلسلة
difference-feeds = في تقاويم غير السابقة
difference-details = التفاصيل
difference-instance = { $when }: { $what }
difference-of-series = السلسلة: { $what }

# Dates
date-and-hour = { $date }، الساعة { $hour }
dates = من { $first } إلى { $last }
