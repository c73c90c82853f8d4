# convene's own words in calendars, in Chinese. Every file here has the same messages with the same variables.

# What stands before and behind a title in the list of a calendar
summary = { $group }：{ $title }
summary-with-suffixes = { $group }：{ $title }（{ $suffixes }）
suffix-tentative = 暂定
suffix-provisional = 时间可能变动
suffix-usual = 惯常时间
suffix-open = 结束时间未公布
suffix-unknown = 时间未公布
suffix-about = 大致时间
suffix-latest = 可能提前结束
suffix-until = 至{ $hour }
suffix-after = 在“{ $title }”之后
title-alone = { $title }
title-alone-with-suffixes = { $title }（{ $suffixes }）
cancelled-title = 已取消：{ $title }
postponed-title = 已推迟：{ $title }
list = { $first }、{ $rest }
places = { $first }，{ $rest }
with-title = { $body }（{ $title }）

# What a session is called that has no title
kind-plenary = 全体会议
kind-working-party = 工作组会议
kind-question = 课题会议
kind-ad-hoc = 特设会议
kind-management = 管理团队会议
kind-registration = 注册
kind-newcomers = 新代表介绍会
kind-workshop = 讲习班
kind-social = 社交活动
kind-meeting = 会议
kind-break = 休息
kind-other = 会议
title-of-bodies = { $bodies }{ $kind }

# Parts of the day
part-morning = 上午
part-afternoon = 下午
part-evening = 晚间

# Lines of a description
join = 参会链接：{ $url }
join-label = 参会
online = 线上
join-elsewhere = 远程参会：链接仅见于{ $audiences }的私人日历。
cancelled-text = 已取消：{ $reason }
postponed-text = 已推迟：{ $reason }
gone = 已取消：不再列入公布的日程。
changed = { $date }更新：{ $what }
replaced = 本条目已由本日历中同一场会议的另一条目取代。
moved = 原定时间：{ $from }。
reason = 原因：{ $reason }
day-and-part = { $date }{ $part }
tentative = 暂定：可能不举行。
provisional = 确定举行，但时间可能变动。
tentative-dates = 日期为暂定。
provisional-dates = 会议确定举行，但日期可能变动。
hours-unknown = 时间未公布。
chair = 主持人：{ $chair }
hours-usual = 时间：文件仅注明“{ $part }”。所示时间（{ $start }–{ $end }）为{ $group }的惯常时间，并非公布的时间。
hours-usual-at-venue = 时间：文件仅注明“{ $part }”。所示时间（{ $start }–{ $end }）为该会场的惯常时间，并非公布的时间。
hours-start = 时间：仅公布了开始时间（{ $start }）。所示结束时间（{ $end }）为{ $part }的惯常结束时间。
hours-start-alone = 时间：仅公布了开始时间（{ $start }）。所示结束时间（{ $end }）为推定。
hours-about = 时间：大致时间（{ $start }–{ $end }）。
hours-about-start = 时间：仅公布了大致的开始时间（{ $start }）。所示结束时间（{ $end }）为推定。
hours-latest = 时间：最迟于{ $end }结束。
hours-until = 时间：仅公布了结束时间（{ $end }）。
hours-after = 时间：在“{ $title }”之后。其自身时间未公布。
hours-after-shown = 时间：在“{ $title }”之后。其自身时间未公布，所示时间（{ $start }–{ $end }）为推定。
bodies = 涉及：{ $bodies }
parallel = 并行举行。各自的具体时间未公布。
sequential = 依次举行。先后次序及各自的时间未公布。
audience-alone = 参加者：{ $audiences }
concerns = 适用于：{ $audiences }
recommended = 建议，并非强制要求。
how = 方式：{ $how }
where = 网址：{ $where }
contact = 联系方式：{ $contact }
held-in = 语言：{ $languages }
interpretation = 口译：{ $languages }
interpretation-offered = 提供口译。
interpretation-on-request = 口译：仅应请求提供
interpretation-on-request-into = 口译：{ $languages }，仅应请求提供
link = { $label }：{ $url }
meeting = 会议：{ $title }
not-printed = 集体函未注明此日期。
letter = 来源：第{ $number }号集体函
letter-dated = 来源：第{ $number }号集体函（{ $date }）
timetable = 时间表（含更新）：{ $number }
agenda = 议程：{ $number }
homepage = 主页：{ $url }

# All-day entries
deadline = { $group }截止日期{ $hour }：{ $title }
deadline-for = { $group }截止日期{ $hour }：{ $title }（{ $audiences }）
recommended-date = { $group }建议日期{ $hour }：{ $title }
recommended-date-for = { $group }建议日期{ $hour }：{ $title }（{ $audiences }）
hour-in-zone = { $hour } { $zone }
closed = { $group }：{ $body }已结束
closed-text = { $body }已于{ $date }结束。本日历到此为止。
renamed = { $group }：{ $former }现为{ $body }
renamed-text = { $former }现称{ $body }。本日历在原地址继续提供。
no-session = { $group }：未公布{ $body }的会议时间
no-session-text = “{ $meeting }”的文件未为{ $body }安排会议。如有公布，将在本日历中显示。
nothing = { $group }：本日历目前无内容
nothing-text = 目前没有属于本日历的公布事项。一经公布即在此显示。

# Names of calendars, and what each holds
calendar = { $group }：{ $what }
calendar-all = 全部
calendar-plenaries = 全体会议
calendar-deadlines = 截止日期
calendar-meetings = 会议
calendar-working-parties = 工作组
calendar-questions = 课题
holds-body = { $body }及其上级和下属机构的会议，以及截止日期。
holds-all = { $group }的全部会议和截止日期。
holds-plenaries = { $group }整体的会议，以及截止日期。
holds-deadlines = { $group }的截止日期。
holds-meetings = { $group }的历次会议，自首日至末日。
holds-meeting = { $group }一次会议的各场会议和截止日期。
holds-event = { $group }一次会议的一个条目。
holds-follow = { $what }及其上级和下属机构的会议，以及截止日期。
left-out-past = { $holds }较早的条目已略去，因为日历无法接收更大的订阅。
left-out-from = { $holds }自{ $date }起的条目已略去，因为日历无法接收更大的订阅。

# What changed in an entry, and how it was before
change-in-list = { $place }：{ $what }
differences = { $first }；{ $rest }
difference-new = 新增
difference-back = 重新公布
difference-gone = 不再公布
difference-replaced = 已由另一条目取代
difference-cancelled = 取消
difference-postponed = 推迟
difference-restored = 恢复举行
difference-moved = 原定于{ $before }
difference-moved-room = 原定于{ $from }，{ $room }会议室
difference-until = 原定至{ $before }
difference-zone = 时区已更换，时刻不变（原为{ $before }）
difference-moved-to = 改至{ $now }
difference-room = 原在{ $before }会议室
difference-room-none = 已公布会议室
difference-place = 原定地点：{ $before }
difference-place-none = 已公布地点
difference-title = 原名“{ $before }”
difference-title-none = 已公布名称
difference-chair = 原主持人：{ $before }
difference-chair-none = 已公布主持人
difference-tentative = 改为暂定
difference-provisional = 时间改为可能变动
difference-confirmed = 已确认
difference-bodies = 原涉及：{ $before }
difference-body-name = { $before }现称{ $now }
difference-audience = 原仅面向{ $before }
difference-audience-none = 原面向所有人
difference-hours = 原先未公布时间
difference-assumed = 推定的时间有变
difference-exact = 此前为大致时间
difference-about = 改为大致时间
difference-end-announced = 原先未公布结束时间
difference-end-unannounced = 不再公布结束时间
difference-unannounced = 不再公布时间
difference-usual = 现按惯常时间显示
difference-unknown = 不再显示时间
difference-link = 参会链接
difference-dates = 系列会议的日期
difference-feeds = 所属日历有变
difference-details = 详情
difference-instance = { $when }：{ $what }
difference-of-series = 系列会议：{ $what }

# Dates
date-and-hour = { $date } { $hour }
dates = { $first }至{ $last }
