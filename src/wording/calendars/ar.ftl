# convene's own words in calendars, in Arabic. Every file here has the same messages with the same variables; the English
# file says what each variable is. “To be confirmed” marks what was written from knowledge alone. A title begins with a
# right-to-left mark, because calendars take its direction from its first letter, which may be Latin.

# What stands before and behind a title in the list of a calendar
summary = {"\u200F"}{ $group }: { $title }
summary-with-suffixes = {"\u200F"}{ $group }: { $title } ({ $suffixes })
title-with-suffixes = { $title } ({ $suffixes })
suffix-tentative = مبدئياً
suffix-provisional = الوقت قابل للتغيير
suffix-usual = ساعات معتادة غير معلنة
suffix-open = ساعة الانتهاء غير معلنة
suffix-unknown = الساعة غير معلنة
suffix-month = الأيام غير معلنة
suffix-first-day = اليوم الأخير غير معلن
suffix-about = الوقت تقريبي
suffix-latest = قد ينتهي قبل ذلك
suffix-until = حتى { $time }
suffix-after = بعد: { $title }
cancelled = إلغاء: { $what }
postponed = تأجيل: { $what }
with-title = { $body } ({ $title })

# Lists: short ones, those inside a sentence, those whose parts have commas, and the parts of a place
list = { $first }، { $rest }
list-and = { $all } و{ $last }
list-long = { $first }؛ { $rest }
places = { $first }، { $rest }

# A label and its value; a label whose value stands elsewhere on a page
labelled = { $label }: { $value }
label-alone = { $label }:

# What a session is called that has no title: alone, and with its bodies
kind-plenary = جلسة عامة
kind-plenary-of = جلسة عامة – { $bodies }
kind-working-party = اجتماع فرقة عمل
kind-working-party-of = اجتماع – { $bodies }
kind-question = اجتماع مسألة
kind-question-of = اجتماع – { $bodies }
kind-ad-hoc = اجتماع فريق مخصص
kind-ad-hoc-of = اجتماع فريق مخصص – { $bodies }
kind-management = اجتماع فريق الإدارة
kind-management-of = اجتماع فريق الإدارة – { $bodies }
kind-registration = التسجيل
kind-registration-of = التسجيل – { $bodies }
# To be confirmed
kind-newcomers = جلسة للمندوبين الجدد
kind-newcomers-of = جلسة للمندوبين الجدد – { $bodies }
kind-workshop = ورشة عمل
kind-workshop-of = ورشة عمل – { $bodies }
kind-social = مناسبة اجتماعية
kind-social-of = مناسبة اجتماعية – { $bodies }
kind-meeting = اجتماع
kind-meeting-of = اجتماع – { $bodies }
kind-break = استراحة
kind-break-of = استراحة – { $bodies }
kind-other = جلسة
kind-other-of = جلسة – { $bodies }

# Parts of the day
part-morning = الفترة الصباحية
part-afternoon = فترة بعد الظهر
part-evening = الفترة المسائية

# Labels of the lines of a description, and of the same facts on pages
label-join = رابط المشاركة عن بُعد
label-reason = السبب
label-bodies = الهيئات المعنية
label-audience = مخصص حصراً للفئات التالية
label-concerns = الفئات المعنية
label-chair = الرئاسة
label-room = القاعة
label-place = المكان
label-how = الطريقة
label-web = عنوان الويب
label-contact = جهة الاتصال
label-language = اللغة
label-interpretation = الترجمة الشفوية
label-links = الروابط
label-note = ملاحظة
label-meeting = الاجتماع
label-source = المصدر
label-timetable = الجدول الزمني وتحديثاته
label-agenda = جدول الأعمال
label-homepage = الصفحة الرئيسية

# Lines of a description
online = عبر الإنترنت
join-elsewhere = المشاركة عن بُعد: الرابط متاح في التقاويم الخاصة للمعنيين ({ $audiences }).
gone = أُلغي هذا الموعد: لم يعد مدرجاً في البرنامج المعلن.
changed = تعديل في { $date }: { $what }
replaced = حلّ محل هذا الموعد موعد آخر في هذا التقويم للجلسة نفسها.
moved = تغيّر الموعد (سابقاً: { $before }).
not-on = لا ينعقد في { $date }: { $what }
day-and-part = { $date }، { $part }
tentative = موعد مبدئي: الانعقاد غير مؤكد.
provisional = الانعقاد مؤكد، لكن الوقت قابل للتغيير.
tentative-dates = التواريخ مبدئية.
dates-month = التواريخ: لم يُعلن إلا عن الشهر.
dates-first-day = التواريخ: لم يُعلن إلا عن اليوم الأول.
provisional-dates = انعقاد الاجتماع مؤكد، لكن تواريخه قابلة للتغيير.
hours-unknown = لم تُعلن الساعة بعد.
hours-usual = الوقت: لم يُعلن إلا عن { $part }. والساعات المبينة (من { $start } إلى { $end }) هي الساعات المعتادة لدى { $group }.
hours-usual-at-venue = الوقت: لم يُعلن إلا عن { $part }. والساعات المبينة (من { $start } إلى { $end }) هي الساعات المعتادة في مكان الانعقاد.
hours-start = الوقت: لم يُعلن إلا عن ساعة البدء ({ $start }). وساعة الانتهاء المبينة ({ $end }) هي الساعة المعتادة لانتهاء { $part }.
hours-start-alone = الوقت: لم يُعلن إلا عن ساعة البدء ({ $start }). وساعة الانتهاء المبينة ({ $end }) مجرد افتراض.
hours-about = الوقت: تقريبي (من { $start } إلى { $end }).
hours-about-start = الوقت: لم يُعلن إلا عن ساعة البدء التقريبية ({ $start }). وساعة الانتهاء المبينة ({ $end }) مجرد افتراض.
hours-latest = الوقت: ساعة الانتهاء على أبعد تقدير: { $end }.
hours-until = الوقت: لم يُعلن إلا عن ساعة الانتهاء ({ $end }).
hours-after = الوقت: بعد ”{ $title }“. ولم تُعلن ساعات خاصة بهذا الموعد.
hours-after-shown = الوقت: بعد ”{ $title }“. ولم تُعلن ساعات خاصة بهذا الموعد، والساعات المبينة (من { $start } إلى { $end }) مجرد افتراض.
parallel = تُعقد الاجتماعات على التوازي، ولم تُعلن ساعات كل منها.
sequential = تُعقد الاجتماعات تباعاً، ولم يُعلن ترتيبها ولا ساعات كل منها.
recommended = تاريخ موصى به وليس إلزامياً.
interpretation-provided = متوفرة
interpretation-on-request = عند الطلب فقط
interpretation-into-on-request = { $languages }، عند الطلب فقط
not-printed = لا يرد هذا التاريخ في الرسالة الجماعية.
letter = الرسالة الجماعية { $number }
letter-dated = الرسالة الجماعية { $number } المؤرخة { $date }

# Deadlines: without and with a time, for all and for some
deadline = الموعد النهائي – { $group }: { $title }
deadline-for = الموعد النهائي – { $group }: { $title } ({ $audiences })
deadline-at = الموعد النهائي – { $group } ({ $time }): { $title }
deadline-at-for = الموعد النهائي – { $group } ({ $time }): { $title } ({ $audiences })
recommended-date = التاريخ الموصى به – { $group }: { $title }
recommended-date-for = التاريخ الموصى به – { $group }: { $title } ({ $audiences })
recommended-date-at = التاريخ الموصى به – { $group } ({ $time }): { $title }
recommended-date-at-for = التاريخ الموصى به – { $group } ({ $time }): { $title } ({ $audiences })

# What a calendar says about itself
closed = {"\u200F"}{ $group }: انتهت أعمال { $body }
closed-text = انتهت أعمال { $body } في { $date }. وينتهي هذا التقويم هنا.
renamed = {"\u200F"}{ $group }: تغيير اسم { $former } إلى { $body }
renamed-text = تغيّر اسم { $former } إلى { $body }. ويظل العنوان القديم لهذا التقويم صالحاً.
no-session = {"\u200F"}{ $group }: لم يُعلن موعد { $body }
no-session-text = لا تتضمن وثائق ”{ $meeting }“ جلسة مستقلة تخص { $body }. وإذا أُعلن عن جلسة، فستظهر في هذا التقويم.
nothing = {"\u200F"}{ $group }: لا مواعيد معلنة في هذا التقويم
nothing-text = لا توجد حالياً مواعيد معلنة في هذا التقويم. وما يُعلن عنه سيظهر هنا.

# Names of calendars, and what each holds
calendar = {"\u200F"}{ $group }: { $what }
calendar-all = جميع الجلسات والمواعيد النهائية
calendar-plenaries = الجلسات العامة
calendar-deadlines = المواعيد النهائية
calendar-meetings = مواعيد الاجتماعات
calendar-working-parties = فرق العمل
calendar-questions = المسائل
holds-body = جلسات { $body }، وجلسات الهيئات الأعلى والأدنى مستوى، والمواعيد النهائية.
holds-all = جميع الجلسات والمواعيد النهائية في { $group }.
holds-plenaries = جلسات { $group } ككل، والمواعيد النهائية.
holds-deadlines = المواعيد النهائية في { $group }.
holds-meetings = اجتماعات { $group }، كل اجتماع من يومه الأول إلى يومه الأخير.
holds-meeting = جلسات أحد اجتماعات { $group } ومواعيده النهائية.
holds-event = موعد واحد ضمن أحد اجتماعات { $group }.
holds-follow = الاختيار: { $what }. ويتضمن التقويم جلساتها وجلسات الهيئات الأعلى والأدنى مستوى، والمواعيد النهائية.
left-out-past = { $holds } ولم تُدرج المواعيد الأقدم لأن برامج التقويم لا تقبل ملفاً أكبر.
left-out-from = { $holds } ولم تُدرج المواعيد اعتباراً من { $date } لأن برامج التقويم لا تقبل ملفاً أكبر.

# What changed in an entry: each says what changed, and in brackets what it was
difference-new = موعد جديد
difference-back = عودة إلى البرنامج
difference-gone = لم يعد مدرجاً في البرنامج
difference-replaced = استُعيض عن الموعد بآخر
difference-cancelled = إلغاء
difference-postponed = تأجيل
difference-restored = عاد الموعد قائماً
difference-moved = تغيّر الموعد (سابقاً: { $before })
difference-moved-room = تغيّر الموعد والقاعة (سابقاً: { $before }، { $room })
difference-until = تغيّر موعد الانتهاء (سابقاً: { $before })
difference-zone = تغيّرت المنطقة الزمنية دون الموعد نفسه (سابقاً: { $before })
difference-moved-to = تغيّر الموعد (الآن: { $now })
difference-room = تغيّرت القاعة (سابقاً: { $before })
difference-room-none = أُعلنت القاعة
difference-place = تغيّر المكان (سابقاً: { $before })
difference-place-none = أُعلن المكان
difference-title = تغيّر العنوان (سابقاً: ”{ $before }“)
difference-title-none = أُعلن العنوان
difference-chair = تغيّرت الرئاسة (سابقاً: { $before })
difference-chair-none = أُعلنت الرئاسة
difference-tentative = أصبح الموعد مبدئياً
difference-provisional = أصبح الوقت قابلاً للتغيير
difference-confirmed = تأكد الموعد
difference-bodies = تغيّرت الهيئات المعنية (سابقاً: { $before })
difference-body-name = أصبح اسم { $before } الآن { $now }
difference-audience = تغيّر المشاركون (سابقاً حصراً: { $before })
difference-audience-none = تغيّر المشاركون (سابقاً: الجميع)
difference-hours = أُعلنت الساعات
difference-days-known = أُعلنت الأيام
difference-last-day-known = أُعلن اليوم الأخير
difference-start-announced = أُعلنت ساعة البدء
difference-end-alone = لم تعد معلنة إلا ساعة الانتهاء
difference-assumed = تغيّرت الساعات المفترضة
difference-exact = أُعلن الوقت الدقيق
difference-about = أصبح الوقت تقريبياً
difference-end-announced = أُعلنت ساعة الانتهاء
difference-end-unannounced = لم تعد ساعة الانتهاء معلنة
difference-unannounced = لم تعد الساعات معلنة
difference-usual = تظهر الآن الساعات المعتادة
difference-unknown = لم تعد الساعات ظاهرة
difference-link = تغيّر رابط المشاركة عن بُعد
difference-dates = تغيّرت تواريخ السلسلة
difference-feeds = تغيّرت التقاويم التي يرد فيها
difference-details = تغيّرت التفاصيل
difference-instance = { $what } ({ $when })
difference-of-series = السلسلة: { $what }

# Dates and times
date-and-time = { $date }، الساعة { $time }
dates = من { $first } إلى { $last }
dates-in-month = { $first-day }–{ $last }
time-at-place = { $time } بتوقيت { $place }
time-in-zone = { $time } بتوقيت { $zone }
time-utc = { $time } بالتوقيت العالمي المنسق
time-anywhere = { $time } في أي مكان على الأرض
times-on-clock = من { $start } إلى { $end }، { $clock }
clock-of-place = توقيت { $place }
clock-of-zone = توقيت { $zone }
clock-utc = التوقيت العالمي المنسق
clock-anywhere = توقيت آخر منطقة زمنية على الأرض (UTC−12)

# Languages
language-ar = العربية
language-en = الإنكليزية
language-es = الإسبانية
language-fr = الفرنسية
language-ru = الروسية
language-zh = الصينية
