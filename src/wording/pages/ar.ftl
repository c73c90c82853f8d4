# convene's own words on pages, in Arabic. Every file here has the same messages with the same variables; the English
# file says what each variable is. “To be confirmed” marks what was written from knowledge alone.

# Around every page
page-skip = الانتقال إلى المحتوى
page-groups = جميع التقاويم
page-way = أنت هنا
page-of-webmasters = لمشرفي المواقع
page-status = حالة الخدمة
page-times = جميع الساعات: { $clock } ({ $offset }).
page-times-alone = جميع الساعات: { $clock }.
page-own-times = وترد بجانبها الساعات بتوقيتك المحلي ({ $zone }).
page-own-hour = بتوقيتك
page-unreachable = لا تستطيع خدمتا Google وOutlook الوصول إلى هذا العنوان بعد.
page-unreachable-why = يجلب تقويم Google وOutlook.com وMicrosoft 365 التقاويم من الإنترنت، أما العناوين هنا فتبدأ بالعنوان { $address }، ولا يمكن الوصول إليها إلا من هذا الجهاز أو هذه الشبكة. وتعمل برامج التقويم على هذا الجهاز من الآن. ولكي تعمل الخدمات الأخرى، ينبغي تشغيل convene بعنوان عام:

# Dates
page-next-day = اليوم التالي
page-all-day = طوال اليوم
page-today = اليوم

# The list of study groups
index-title = التقاويم
index-lead = اشترك مرة واحدة في تقويم ما تتابعه، فتُحدَّث جلساته ومواعيده النهائية عند كل تغيير، لتعرف دائماً الساعة والقاعة الصحيحتين.
index-empty = لا توجد تقاويم بعد.

# A study group
group-title = {"\u200F"}{ $group }: الاجتماعات والتقاويم
group-now = الاجتماع الجاري
group-next = الاجتماع المقبل
group-none = لا اجتماعات معلنة
group-none-text = يمكن الاشتراك الآن: كل ما يُعلن عنه سيظهر في التقويم تلقائياً.
group-last = آخر اجتماع
group-begins = { $number ->
    [1] يبدأ غداً
    [two] يبدأ بعد يومين
    [few] يبدأ بعد { $number } أيام
    [many] يبدأ بعد { $number } يوماً
   *[other] يبدأ بعد { $number } يوم
  }
group-day-of = اليوم { $number } من { $all }
group-deadlines = المواعيد النهائية
group-deadlines-none = لا مواعيد نهائية مقبلة.
group-deadlines-all = جميع المواعيد النهائية
group-subscribe-lead = اختر ما يعنيك. فالاشتراك يُحدَّث عند كل تغيير تلقائياً، أما الملف المنزَّل فلا يُحدَّث.
group-whole = { $group } ككل
group-within = ضمن { $group }
group-plenary-questions = المسائل التي ترفع تقاريرها إلى الجلسة العامة
group-several = عدة هيئات في تقويم واحد
group-several-text = حدِّد ما تتابعه لتحصل على عنوان واحد يجمعه كله.
group-meetings = الاجتماعات
group-meetings-past = الاجتماعات السابقة
group-changes = التغييرات
group-changes-all = جميع التغييرات
group-closed = انتهت أعمالها في { $date }

# Deadlines
due-left = { $number ->
    [0] اليوم
    [1] غداً
    [two] بعد يومين
    [few] بعد { $number } أيام
    [many] بعد { $number } يوماً
   *[other] بعد { $number } يوم
  }
due-past = انقضى
due-recommended = موصى به
due-past-list = { $number ->
    [zero] لا مواعيد نهائية منقضية
    [one] موعد نهائي واحد منقضٍ
    [two] موعدان نهائيان منقضيان
    [few] { $number } مواعيد نهائية منقضية
    [many] { $number } موعداً نهائياً منقضياً
   *[other] { $number } موعد نهائي منقضٍ
  }

# A meeting and its timetable
meeting-first-day = ابتداءً من { $date }
meeting-cancelled = أُلغي هذا الاجتماع.
meeting-postponed = أُجّل هذا الاجتماع، ولم تُعرف تواريخه الجديدة بعد.
meeting-gone = لم يعد هذا الاجتماع مدرجاً في البرنامج.
meeting-past = انتهى هذا الاجتماع.
meeting-nothing = لم يُعلن الجدول الزمني بعد.
meeting-nothing-text = يمكن الاشتراك الآن: ستظهر الجلسات في التقويم فور الإعلان عنها.
meeting-show = عرض
meeting-show-all = الكل
meeting-only = لا تُعرض إلا جلسات { $bodies } والجلسات المتاحة للجميع
meeting-subscribe = الاشتراك في تقويم الاجتماع
meeting-subscribe-lead = يقتصر هذا التقويم على هذا الاجتماع وحده. ولمتابعة الاجتماعات اللاحقة أيضاً، اشترك بدلاً منه في أحد تقاويم { $group }.
timetable-title = الجدول الزمني
timetable-day-empty = لا مواعيد معلنة
timetable-moved = تغيّر الموعد
timetable-previously = سابقاً: { $before }
timetable-parallel = على التوازي
timetable-sequential = تباعاً
timetable-more = { $number ->
    [zero] لا يتضمن التقويم أسابيع أخرى.
    [one] يتضمن التقويم أسبوعاً آخر.
    [two] يتضمن التقويم أسبوعين آخرين.
    [few] يتضمن التقويم { $number } أسابيع أخرى.
    [many] يتضمن التقويم { $number } أسبوعاً آخر.
   *[other] يتضمن التقويم { $number } أسبوع آخر.
  }
timetable-usual-text = الساعات المكتوبة بخط مائل لم تُعلن في أي وثيقة، وهي ساعات معتادة أو مفترضة.

# Menus of other programs, as they are called in this language. Written on 29 November 2026; to be confirmed in the programs themselves
-google-from-url = من عنوان URL
-outlook-add-calendar = إضافة تقويم
-outlook-from-web = الاشتراك من الويب
-outlook-file = ملف
-outlook-account-settings = إعدادات الحساب
-outlook-internet-calendars = تقويمات الإنترنت
-outlook-new = جديد
-thunderbird-new-calendar = تقويم جديد
-thunderbird-on-network = على الشبكة
-apple-every-hour = كل ساعة

# Subscribing
subscribe-title = الاشتراك
subscribe-of = الاشتراك في تقويم ”{ $feed }“
subscribe-address = عنوان هذا التقويم
subscribe-copy = نسخ
subscribe-copied = تم النسخ
subscribe-press = اضغط Ctrl+C (أو ⌘C على أجهزة Mac)
subscribe-address-text = يصلح لجميع برامج التقويم: الصقه حيث يطلب برنامجك عنوان التقويم (URL).
subscribe-apple = تقويم Apple
subscribe-apple-text = يُفتح برنامج التقويم لديك ويسألك إن كنت تريد الاشتراك. ويصلح الرابط نفسه لبرنامجي Thunderbird وGNOME ولغيرهما من البرامج على هذا الجهاز.
subscribe-apple-lag = بحسب ما تختاره فيه، من كل 5 دقائق إلى مرة في الأسبوع. ونقترح ”{ -apple-every-hour }“.
subscribe-google = تقويم Google
subscribe-google-text = يُنسخ العنوان ويُفتح تقويم Google على الويب عند ”{ -google-from-url }“: الصق العنوان هناك. وسيظهر التقويم بعد ذلك في تطبيق تقويم Google على الهاتف أيضاً.
subscribe-google-direct = أو في خطوة واحدة، إن قبلت Google ذلك
subscribe-google-lag = بعد 4 ساعات إلى 24 ساعة من التغيير. ولا يمكن التعجيل بذلك لدى Google.
subscribe-outlook = Outlook.com
subscribe-outlook-text = يُفتح Outlook وفيه العنوان والاسم جاهزان، وما عليك سوى التأكيد. ويظهر التقويم أيضاً في Outlook الجديد لنظام Windows.
subscribe-microsoft = Microsoft 365
subscribe-microsoft-text = الطريقة نفسها لحسابات العمل أو المؤسسات التعليمية. وإذا كانت جهتك تحظرها، فانسخ العنوان واختر ”{ -outlook-add-calendar }“ > ”{ -outlook-from-web }“.
subscribe-outlook-lag = بعد نحو 3 ساعات من التغيير، وأحياناً بعد أكثر من يوم.
subscribe-classic = Outlook الكلاسيكي لنظام Windows
subscribe-classic-text = ”{ -outlook-file }“ > ”{ -outlook-account-settings }“ > ”{ -outlook-account-settings }“ > ”{ -outlook-internet-calendars }“ > ”{ -outlook-new }“: الصق العنوان.
subscribe-classic-lag = عند كل تشغيل، ثم كل ساعة إلى 3 ساعات.
subscribe-thunderbird = Thunderbird
subscribe-thunderbird-text = ”{ -thunderbird-new-calendar }“ > ”{ -thunderbird-on-network }“: الصق العنوان.
subscribe-thunderbird-lag = كل 30 دقيقة.
subscribe-download = تنزيل ملف
subscribe-download-text = نسخة من التقويم بوضعه اليوم، تُستورد مرة واحدة. ولن تُحدَّث.
subscribe-download-lag = لا تُحدَّث أبداً.
subscribe-what = ما يحدث
subscribe-lag = التحديث
subscribe-qr = افتح هذه الصفحة على هاتفك
subscribe-qr-text = وجِّه الكاميرا إلى رمز الاستجابة السريعة (QR)، ثم اختر تقويم Apple أو انسخ العنوان.
subscribe-more = جميع طرق الاشتراك
subscribe-holds = محتوى التقويم
subscribe-language = بلغات أخرى

# A feed
feed-ahead = المواعيد المقبلة
feed-nothing = لا مواعيد مقبلة في هذا التقويم.
feed-nothing-text = ما يُعلن عنه سيظهر هنا وفي تقاويم المشتركين.
feed-seen = هل وصل التحديث إلى تقويمي؟
feed-seen-none = لم يجلب أي برنامج تقويم هذا التقويم منذ بدء تشغيل الخدمة.
feed-seen-text = آخر مرة جلب فيها كل نوع من برامج التقويم هذا التقويم منذ بدء تشغيل الخدمة. ولا يُحصى الأشخاص.
feed-seen-release = الإصدار الحالي: { $number }.
feed-seen-kind = برنامج التقويم
feed-seen-at = آخر جلب
feed-seen-version = الإصدار
feed-seen-old = ليس الأحدث
feed-forms = صيغ أخرى
feed-atom = التغييرات، لقارئات الخلاصات (Atom)
feed-json = لمشرفي المواقع (JSON)
feed-embed = في صفحتك الإلكترونية

# Putting a calendar together
builder-title = إعداد تقويمك
builder-lead = حدِّد ما تتابعه لتحصل على عنوان واحد يجمعه كله. ويبقى اختيارك محفوظاً في شريط العنوان أيضاً: أضف العنوان إلى الإشارات المرجعية أو أرسله إلى زميل.
builder-audiences = فئات المندوبين
builder-audiences-text = الجلسات المخصصة لهم دون غيرهم.
builder-show = عرض هذا التقويم
builder-nothing = لم تحدِّد شيئاً بعد.
builder-nothing-text = يشمل ما تحدِّده جلسات الهيئات التابعة له والهيئات التي يتبعها.
builder-too-long = هذا أكثر مما يتسع له عنوان واحد. حدِّد هيئة بدلاً من جميع الهيئات التابعة لها.
builder-conflicts = { $number ->
    [0] لا يتضمن هذا التقويم مواعيد متزامنة.
    [one] حالة واحدة يتعين عليك فيها الحضور في مكانين في آن واحد:
    [two] حالتان يتعين عليك فيهما الحضور في مكانين في آن واحد:
    [few] { $number } حالات يتعين عليك فيها الحضور في مكانين في آن واحد:
    [many] { $number } حالة يتعين عليك فيها الحضور في مكانين في آن واحد:
   *[other] { $number } حالة يتعين عليك فيها الحضور في مكانين في آن واحد:
  }
builder-in-parallel = تجتمع { $bodies } على التوازي، ولم يُعلن عن ساعات كل اجتماع
builder-count = { $number ->
    [0] لا مواعيد مقبلة.
    [one] موعد واحد مقبل.
    [two] موعدان مقبلان.
    [few] { $number } مواعيد مقبلة.
    [many] { $number } موعداً مقبلاً.
   *[other] { $number } موعد مقبل.
  }

# Changes
changes-title = {"\u200F"}{ $group }: التغييرات
changes-lead = جميع التغييرات المنشورة، من الأحدث إلى الأقدم. وتُحدَّث تقاويم المشتركين تلقائياً.
changes-none = لا تغييرات منذ الإعلان الأول.
changes-new = { $number ->
    [zero] لا مواعيد جديدة
    [one] موعد جديد واحد
    [two] موعدان جديدان
    [few] { $number } مواعيد جديدة
    [many] { $number } موعداً جديداً
   *[other] { $number } موعد جديد
  }
changes-atom = التغييرات نفسها لقارئات الخلاصات:
changes-atom-text = ولكل تقويم خلاصته: العنوان نفسه مع {"\u2066"}.atom{"\u2069"} بدلاً من {"\u2066"}.ics{"\u2069"}.

# The status of the service
status-title = حالة الخدمة
status-served = الإصدار الحالي: { $number } (نُشر يوم { $date }).
status-none = لم يُنشر أي إصدار بعد.
status-good = لا توجد أي مشكلة.
status-errors = { $number ->
    [zero] لا أخطاء في التعاريف.
    [one] في التعاريف خطأ واحد. ويظل متاحاً ما نُشر قبله.
    [two] في التعاريف خطآن. ويظل متاحاً ما نُشر قبلهما.
    [few] في التعاريف { $number } أخطاء. ويظل متاحاً ما نُشر قبلها.
    [many] في التعاريف { $number } خطأً. ويظل متاحاً ما نُشر قبلها.
   *[other] في التعاريف { $number } خطأ. ويظل متاحاً ما نُشر قبلها.
  }
status-folder = تتعذر قراءة مجلد التعاريف. ويظل متاحاً آخر ما نُشر.
status-ledger = تتعذر قراءة السجل أو الكتابة فيه. ويظل متاحاً آخر ما نُشر.
status-version = أُعدّ هذا الإصدار بنسخة من convene غير النسخة التي تتيحه هنا، وقد تختلف بعض الصياغات.
status-stale = لا يُحدَّث المحتوى المتاح بسبب خلل في convene. وتُكرَّر المحاولة.
status-clock = ساعة هذا الجهاز متأخرة عن آخر إصدار: لا يُنشر شيء حتى يُصحَّح ذلك. ويظل متاحاً آخر ما نُشر.
status-outdated = تتولى النشر هنا نسخة أحدث من convene، وهذه النسخة تتبعها فقط.
status-secret = يختلف المفتاح السري عن مفتاح الجهاز الناشر، ولذلك فإن عناوين المندوبين هنا مختلفة.
status-part = توقف جزء من convene بسبب خلل، ويُعاد تشغيله.

# For webmasters
embed-title = {"\u200F"}{ $group } في صفحتك الإلكترونية
embed-lead = انسخ أحد المقاطع البرمجية إلى صفحتك. ولا يتطلب ذلك حساباً ولا تجميعاً ولا نصاً برمجياً من جهة خارجية، ولا يمكن أن يغيّر مظهر صفحتك.
embed-which = التقويم المختار
embed-script = جدول زمني يتكيف ارتفاعه مع محتواه
embed-script-text = عنصر واحد يوضع حيث يُراد عرض الجدول الزمني، فيُدرج إطاراً هناك ويجعل ارتفاعه دائماً بقدر محتواه.
embed-iframe = جدول زمني بلا أي نص برمجي
embed-iframe-text = إطار بالارتفاع الذي تختاره.
embed-button = زر للاشتراك
embed-button-text = رابط عادي: يظهر كسائر الروابط في صفحتك.
embed-alternate = للبرامج التي تبحث عن التقاويم
embed-alternate-text = يوضع في القسم head من صفحتك.
embed-json = لجدول زمني من تصميمك
embed-json-text = جميع البيانات بنسق JSON، ويمكن لأي صفحة جلبها.
embed-preview = معاينة
embed-language = لعرض الجدول الزمني بلغة أخرى، ضع رمزها قبل ”embed“، كما في { $address }.
embed-open = الجدول الزمني الكامل

# An address at which there is nothing
missing-title = لا يوجد شيء في هذا العنوان
missing-lead = ربما كُتب العنوان بشكل خاطئ أو نُسخ جزء منه فقط.
missing-meant = هل تقصد إحدى هذه الصفحات؟
missing-revoked-title = هذا العنوان الخاص لم يعد صالحاً
missing-revoked-lead = استُبدل به عنوان آخر. اطلب العنوان الجديد من الأمانة.
