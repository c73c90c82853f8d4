# convene's own words in calendars, in Chinese. Every file here has the same messages with the same variables; the English
# file says what each variable is. “To be confirmed” marks what was written from knowledge alone.

# What stands before and behind a title in the list of a calendar
summary = { $group }：{ $title }
summary-with-suffixes = { $group }：{ $title }（{ $suffixes }）
title-with-suffixes = { $title }（{ $suffixes }）
suffix-tentative = 暂定
suffix-provisional = 时间可能变动
suffix-usual = 惯常时间，未公布
suffix-open = 结束时间未公布
suffix-unknown = 时间未公布
suffix-month = 具体日期未公布
suffix-first-day = 结束日期未公布
suffix-about = 大致时间
suffix-latest = 可能提前结束
suffix-until = 至{ $time }
suffix-after = 在“{ $title }”之后
cancelled = 已取消：{ $what }
postponed = 已推迟：{ $what }
with-title = { $body }（{ $title }）

# Lists: short ones, those inside a sentence, those whose parts have commas, and the parts of a place
list = { $first }、{ $rest }
list-and = { $all }和{ $last }
list-long = { $first }；{ $rest }
places = { $first }，{ $rest }

# A label and its value; a label whose value stands elsewhere on a page
labelled = { $label }：{ $value }
label-alone = { $label }：

# What a session is called that has no title: alone, and with its bodies
kind-plenary = 全体会议
kind-plenary-of = { $bodies }全体会议
kind-working-party = 工作组会议
kind-working-party-of = { $bodies }会议
kind-question = 课题会议
kind-question-of = { $bodies }会议
kind-ad-hoc = 特设组会议
kind-ad-hoc-of = { $bodies }特设组会议
# To be confirmed: 管理班子 is also met
kind-management = 管理团队会议
kind-management-of = { $bodies }管理团队会议
kind-registration = 注册
kind-registration-of = { $bodies }注册
kind-newcomers = 新代表介绍会
kind-newcomers-of = { $bodies }新代表介绍会
kind-workshop = 讲习班
kind-workshop-of = { $bodies }讲习班
kind-social = 社交活动
kind-social-of = { $bodies }社交活动
kind-meeting = 会议
kind-meeting-of = { $bodies }会议
kind-break = 休息
kind-break-of = { $bodies }休息
kind-other = 会议
kind-other-of = { $bodies }会议

# Parts of the day
part-morning = 上午
part-afternoon = 下午
part-evening = 晚间

# Labels of the lines of a description, and of the same facts on pages
label-join = 参会链接
label-reason = 原因
label-bodies = 相关机构
label-audience = 仅限
label-concerns = 适用于
label-chair = 主席
label-room = 会议室
label-place = 地点
label-how = 方式
label-web = 网址
label-contact = 联系方式
label-language = 语言
label-interpretation = 口译
label-links = 链接
label-note = 备注
label-meeting = 所属会议
label-source = 来源
label-timetable = 时间表（含更新）
label-agenda = 议程
label-homepage = 主页

# Lines of a description
online = 线上
join-elsewhere = 远程参会：链接仅见于{ $audiences }的私人日历。
gone = 已取消：不再列入公布的日程。
changed = { $date }更新：{ $what }
replaced = 本条目已由本日历中同一场会议的另一条目取代。
moved = 时间已调整（原定{ $before }）。
not-on = { $date }不举行：{ $what }
day-and-part = { $date }{ $part }
tentative = 暂定：可能不举行。
provisional = 确定举行，但时间可能变动。
tentative-dates = 日期为暂定。
dates-month = 日期：仅公布了月份。
dates-first-day = 日期：仅公布了首日。
provisional-dates = 会议确定举行，但日期可能变动。
hours-unknown = 尚未公布时间。
hours-usual = 时间：文件仅注明“{ $part }”。所示时间（{ $start }至{ $end }）为{ $group }的惯常时间，并非公布的时间。
hours-usual-at-venue = 时间：文件仅注明“{ $part }”。所示时间（{ $start }至{ $end }）为该会场的惯常时间，并非公布的时间。
hours-start = 时间：仅公布了开始时间（{ $start }）。所示结束时间（{ $end }）为{ $part }的惯常结束时间。
hours-start-alone = 时间：仅公布了开始时间（{ $start }）。所示结束时间（{ $end }）为推定。
hours-about = 时间：大致时间（{ $start }至{ $end }）。
hours-about-start = 时间：仅公布了大致的开始时间（{ $start }）。所示结束时间（{ $end }）为推定。
hours-latest = 时间：最迟于{ $end }结束。
hours-until = 时间：仅公布了结束时间（{ $end }）。
hours-after = 时间：在“{ $title }”之后。本场会议的时间未公布。
hours-after-shown = 时间：在“{ $title }”之后。本场会议的时间未公布，所示时间（{ $start }至{ $end }）为推定。
parallel = 并行举行。各自的具体时间未公布。
sequential = 依次举行。先后次序及各自的时间未公布。
recommended = 建议日期，并非强制要求。
interpretation-provided = 提供
interpretation-on-request = 仅应请求提供
interpretation-into-on-request = { $languages }，仅应请求提供
not-printed = 集体函未注明此日期。
# To be confirmed: older letters are headed 通函
letter = 第{ $number }号集体函
letter-dated = { $date }第{ $number }号集体函

# Deadlines: without and with a time, for all and for some
deadline = { $group }截止日期：{ $title }
deadline-for = { $group }截止日期：{ $title }（{ $audiences }）
deadline-at = { $group }截止日期（{ $time }）：{ $title }
deadline-at-for = { $group }截止日期（{ $time }）：{ $title }（{ $audiences }）
recommended-date = { $group }建议日期：{ $title }
recommended-date-for = { $group }建议日期：{ $title }（{ $audiences }）
recommended-date-at = { $group }建议日期（{ $time }）：{ $title }
recommended-date-at-for = { $group }建议日期（{ $time }）：{ $title }（{ $audiences }）

# What a calendar says about itself
closed = { $group }：{ $body }已完成工作
closed-text = { $body }已于{ $date }完成工作。本日历到此为止。
renamed = { $group }：{ $former }现为{ $body }
renamed-text = { $former }现称{ $body }。本日历的原地址继续有效。
no-session = { $group }：未公布{ $body }的会议时间
no-session-text = “{ $meeting }”的文件未为{ $body }单独安排会议。如有公布，将在本日历中显示。
nothing = { $group }：本日历目前无内容
nothing-text = 本日历目前没有已公布的事项。一经公布即在此显示。

# Names of calendars, and what each holds
calendar = { $group }：{ $what }
calendar-all = 全部会议和截止日期
calendar-plenaries = 各次全体会议
calendar-deadlines = 截止日期
calendar-meetings = 各次会议日期
calendar-working-parties = 工作组
calendar-questions = 课题
holds-body = { $body }及其上级和下属机构的会议，以及截止日期。
holds-all = { $group }的各场会议和全部截止日期。
holds-plenaries = { $group }整体的会议，以及截止日期。
holds-deadlines = { $group }的截止日期。
holds-meetings = { $group }的各次会议，每次均自首日至末日。
holds-meeting = { $group }一次会议的各场会议和截止日期。
holds-event = { $group }一次会议的一个条目。
holds-follow = 所选内容：{ $what }。包含其各场会议、上级和下属机构的会议，以及截止日期。
left-out-past = { $holds }较早的条目已略去，因为日历程序无法接收更大的订阅文件。
left-out-from = { $holds }自{ $date }起的条目已略去，因为日历程序无法接收更大的订阅文件。

# What changed in an entry: each says what changed, and in brackets what it was
difference-new = 新增
difference-back = 重新列入日程
difference-gone = 不再列入日程
difference-replaced = 已由另一条目取代
difference-cancelled = 取消
difference-postponed = 推迟
difference-restored = 恢复举行
difference-moved = 时间已调整（原定{ $before }）
difference-moved-room = 时间和会议室已调整（原定{ $before }，{ $room }）
difference-until = 结束时间变更（原定{ $before }）
difference-zone = 时区变更，时刻不变（原为{ $before }）
difference-moved-to = 改至{ $now }
difference-room = 会议室变更（原为{ $before }）
difference-room-none = 已公布会议室
difference-place = 地点变更（原为{ $before }）
difference-place-none = 已公布地点
difference-title = 名称变更（原为“{ $before }”）
difference-title-none = 已公布名称
difference-chair = 主席变更（原为{ $before }）
difference-chair-none = 已公布主席
difference-tentative = 改为暂定
difference-provisional = 时间改为可能变动
difference-confirmed = 已确认
difference-bodies = 相关机构变更（原为{ $before }）
difference-body-name = { $before }现称{ $now }
difference-audience = 参加者变更（原仅限{ $before }）
difference-audience-none = 参加者变更（原为所有人）
difference-hours = 已公布时间
difference-days-known = 已公布具体日期
difference-last-day-known = 已公布结束日期
difference-start-announced = 已公布开始时间
difference-end-alone = 现仅公布结束时间
difference-assumed = 推定的时间有变
difference-exact = 已公布确切时间
difference-about = 改为大致时间
difference-end-announced = 已公布结束时间
difference-end-unannounced = 结束时间改为未公布
difference-unannounced = 时间改为未公布
difference-usual = 现按惯常时间显示
difference-unknown = 不再显示时间
difference-link = 参会链接有变
difference-dates = 系列会议日期有变
difference-feeds = 所属日历有变
difference-details = 其他信息有变
difference-instance = { $what }（{ $when }）
difference-of-series = 系列会议：{ $what }

# Dates and times
date-and-time = { $date } { $time }
dates = { $first }至{ $last }
dates-in-month = { $first }至{ $last-day }日
time-at-place = { $place }时间{ $time }
time-in-zone = { $zone }时间{ $time }
time-utc = 协调世界时{ $time }
time-anywhere = 地球任何地方时间{ $time }
times-on-clock = { $clock }{ $start }至{ $end }
clock-of-place = { $place }时间
clock-of-zone = { $zone }时间
clock-utc = 协调世界时
clock-anywhere = 地球上最后一个时区（UTC−12）的时间

# Languages
language-ar = 阿拉伯文
language-en = 英文
language-es = 西班牙文
language-fr = 法文
language-ru = 俄文
language-zh = 中文
