# convene's own words on pages, in Chinese. Every file here has the same messages with the same variables; the English
# file says what each variable is. “To be confirmed” marks what was written from knowledge alone.

# Around every page
page-skip = 跳至正文
page-groups = 全部日历
page-way = 当前位置
page-of-webmasters = 网站管理员页面
page-status = 服务状态
page-times = 所有时间均为{ $clock }（{ $offset }）。
page-times-alone = 所有时间均为{ $clock }。
page-own-times = 旁边注明您所在时区（{ $zone }）的对应时间。
page-own-hour = 您的时间
page-unreachable = Google和Outlook目前无法访问此地址。
page-unreachable-why = Google 日历、Outlook.com和Microsoft 365从互联网获取日历，而此处的地址以{ $address }开头，只能从本机或本网络访问。本机上的日历程序现在即可使用。如需供其他程序使用，请以公网地址启动convene：

# Dates
page-next-day = 次日
page-all-day = 全天
page-today = 今天

# The list of study groups
index-title = 日历
index-lead = 您所关注的日历只需订阅一次。此后，各场会议和截止日期一有变更便会自动更新，时间和会议室始终准确。
index-empty = 尚无日历。

# A study group
group-title = { $group }：会议和日历
group-now = 正在举行
group-next = 下次会议
group-none = 尚无已公布的会议
group-none-text = 现在即可订阅：任何事项一经公布，便会自动出现在您的日历中。
group-last = 上次会议
group-begins = { $number ->
    [1] 明天开始
   *[other] { $number }天后开始
  }
group-day-of = 第{ $number }天，共{ $all }天
group-deadlines = 截止日期
group-deadlines-none = 没有即将到来的截止日期。
group-deadlines-all = 所有截止日期
group-subscribe-lead = 请选择与您有关的日历。订阅的日历会随变更自动更新，下载的文件则不会。
group-whole = 整个{ $group }
group-within = { $group }内部
group-plenary-questions = 向全体会议报告的课题
group-several = 同时订阅多个
group-several-text = 勾选您所关注的内容，即可获得一个涵盖全部所选内容的地址。
group-meetings = 会议
group-meetings-past = 以往会议
group-changes = 变更情况
group-changes-all = 所有变更
group-closed = 已于{ $date }完成工作

# Deadlines
due-left = { $number ->
    [0] 今天
    [1] 明天
   *[other] 还剩{ $number }天
  }
due-past = 已截止
due-recommended = 建议日期
due-past-list = { $number }个截止日期已过

# A meeting and its timetable
meeting-first-day = 自{ $date }起
meeting-cancelled = 本次会议已取消。
meeting-postponed = 本次会议已推迟，新日期尚未确定。
meeting-gone = 本次会议不再列入日程。
meeting-past = 本次会议已结束。
meeting-nothing = 时间表尚未公布。
meeting-nothing-text = 现在即可订阅：各场会议一经公布，便会出现在您的日历中。
meeting-show = 显示
meeting-show-all = 全部
meeting-only = 仅显示{ $bodies }的会议和面向全体的会议
meeting-subscribe = 订阅本次会议
meeting-subscribe-lead = 本日历仅包含这一次会议。如果还要关注此后的会议，请改为订阅{ $group }的日历。
timetable-title = 时间表
timetable-day-empty = 无公布事项
timetable-moved = 时间已调整
timetable-previously = 原为：{ $before }
timetable-parallel = 并行举行
timetable-sequential = 依次举行
timetable-more = 日历中还有{ $number }周的日程。
timetable-usual-text = 斜体时间未在任何文件中公布，均为惯常时间或推定时间。

# Menus of other programs, as they are called in this language. Written on 29 November 2026; to be confirmed in the programs themselves
-google-from-url = 通过网址添加
-outlook-add-calendar = 添加日历
-outlook-from-web = 从 Web 订阅
-outlook-file = 文件
-outlook-account-settings = 帐户设置
-outlook-internet-calendars = Internet 日历
-outlook-new = 新建
-thunderbird-new-calendar = 新建日历
-thunderbird-on-network = 在网络上
-apple-every-hour = 每小时

# Subscribing
subscribe-title = 订阅
subscribe-of = 订阅“{ $feed }”
subscribe-address = 本日历的地址
subscribe-copy = 复制
subscribe-copied = 已复制
subscribe-press = 请按Ctrl+C（Mac上按⌘C）
subscribe-address-text = 适用于所有日历程序：在程序要求输入日历地址（URL）的位置粘贴即可。
subscribe-apple = Apple 日历
subscribe-apple-text = 日历程序将打开并询问是否订阅。此链接同样适用于本设备上的Thunderbird、GNOME及其他程序。
subscribe-apple-lag = 取决于您在程序中的设置，从每5分钟到每周不等。建议选择“{ -apple-every-hour }”。
subscribe-google = Google 日历
subscribe-google-text = 复制地址，并打开网页版Google 日历的“{ -google-from-url }”页面：请在该处粘贴。此后，Google 日历手机应用中也会显示。
subscribe-google-direct = 也可一步完成（如Google接受）
subscribe-google-lag = 变更后4至24小时。无法让Google提前更新。
subscribe-outlook = Outlook.com
subscribe-outlook-text = Outlook打开时已填好地址和名称，确认即可。新 Outlook（Windows）中也会显示。
subscribe-microsoft = Microsoft 365
subscribe-microsoft-text = 操作相同，适用于工作或学校帐户。如所在机构禁用此功能，请复制地址，并依次选择“{ -outlook-add-calendar }”>“{ -outlook-from-web }”。
subscribe-outlook-lag = 变更后约3小时，有时超过一天。
subscribe-classic = 经典 Outlook（Windows）
subscribe-classic-text = 依次选择“{ -outlook-file }”>“{ -outlook-account-settings }”>“{ -outlook-account-settings }”>“{ -outlook-internet-calendars }”>“{ -outlook-new }”，然后粘贴地址。
subscribe-classic-lag = 每次启动时，此后每1至3小时。
subscribe-thunderbird = Thunderbird
subscribe-thunderbird-text = 依次选择“{ -thunderbird-new-calendar }”>“{ -thunderbird-on-network }”，然后粘贴地址。
subscribe-thunderbird-lag = 每30分钟。
subscribe-download = 下载文件
subscribe-download-text = 当前内容的副本，供一次性导入，不随变更更新。
subscribe-download-lag = 从不更新。
subscribe-what = 操作说明
subscribe-lag = 何时更新
subscribe-qr = 在手机上打开本页
subscribe-qr-text = 将相机对准二维码，然后选择“Apple 日历”，或复制地址。
subscribe-more = 所有订阅方式
subscribe-holds = 日历内容
subscribe-language = 其他语言版本

# A feed
feed-ahead = 后续日程
feed-nothing = 本日历暂无后续日程。
feed-nothing-text = 新的事项一经公布，便会显示在此处和订阅者的日历中。
feed-seen = 我的日历更新了吗？
feed-seen-none = 自服务启动以来，尚无日历程序读取过本日历。
feed-seen-text = 自服务启动以来，各类日历程序最近一次读取本日历的时间。不对个人进行统计。
feed-seen-release = 当前提供的是第{ $number }版。
feed-seen-kind = 日历程序
feed-seen-at = 最近读取时间
feed-seen-version = 版本
feed-seen-old = 非最新版
feed-forms = 其他格式
feed-atom = 变更情况，供订阅源阅读器使用（Atom）
feed-json = 供网站管理员使用（JSON）
feed-embed = 嵌入您的网页

# Putting a calendar together
builder-title = 定制您的日历
builder-lead = 勾选您关注的内容，即可获得一个涵盖全部所选内容的地址。您的选择也保留在地址栏的网址中，可收藏或发送给同事。
builder-audiences = 代表类别
builder-audiences-text = 仅供相应代表参加的会议。
builder-show = 显示此日历
builder-nothing = 尚未勾选任何内容。
builder-nothing-text = 所选内容包含其下属机构和上级机构的会议。
builder-too-long = 所选内容过多，超出了地址的长度限制。请勾选上级机构，不必逐一勾选其下属机构。
builder-conflicts = { $number ->
    [0] 所选内容没有时间冲突。
   *[other] 所选内容有{ $number }处时间冲突：
  }
builder-in-parallel = { $bodies }并行举行会议，各自的具体时间未公布
builder-count = { $number ->
    [0] 后续暂无条目。
   *[other] 后续日程共有{ $number }个条目。
  }

# Changes
changes-title = { $group }：变更情况
changes-lead = 已发布的所有变更，最新的在前。订阅者的日历会自动更新。
changes-none = 自首次公布以来没有任何变更。
changes-new = 新增{ $number }个条目
changes-atom = 同样内容，供订阅源阅读器使用：
changes-atom-text = 每个日历都有各自的变更订阅源：将日历地址中的.ics换成.atom即可。

# The status of the service
status-title = 服务状态
status-served = 当前版本：第{ $number }版（发布于{ $date }）。
status-none = 尚未发布任何版本。
status-good = 一切正常。
status-errors = 定义文件中有{ $number }处错误。当前提供的仍是出错前发布的内容。
status-folder = 无法读取定义文件夹。当前提供的仍是最近一次发布的内容。
status-ledger = 无法读取或写入台账。当前提供的仍是最近一次发布的内容。
status-version = 当前内容由另一版本的convene生成，与现在运行的版本不同：部分措辞可能有出入。
status-stale = 由于convene发生故障，当前提供的内容未能及时更新。系统正在重试。
status-clock = 本机时钟落后于最新发布版：在校正之前不会发布任何内容。当前提供的仍是最近一次发布的内容。
status-outdated = 此处由较新版本的convene发布，本版本仅跟随，不发布任何内容。
status-secret = 此处代表的地址与发布方给出的地址不同：密钥不一致。
status-part = convene的一个部分因故障停止，正在重新启动。

# For webmasters
embed-title = 将{ $group }嵌入您的网页
embed-lead = 将代码片段复制到您的网页即可。无需帐户，无需构建步骤，不使用任何第三方脚本，也无法改变您网页的外观。
embed-which = 所选日历
embed-script = 高度自动调整的时间表
embed-script-text = 在要显示时间表的位置放入这一个元素即可。它会在该处插入一个框架，并使框架高度始终与内容一致。
embed-iframe = 不使用脚本的时间表
embed-iframe-text = 框架高度由您自行设定。
embed-button = 订阅按钮
embed-button-text = 普通链接，外观与您网页上的其他链接一致。
embed-alternate = 供查找日历的程序使用
embed-alternate-text = 放入网页的head部分。
embed-json = 供自行制作时间表使用
embed-json-text = 以JSON格式提供全部条目，任何网页均可读取。
embed-preview = 预览
embed-language = 如需其他语言的时间表，请在地址中的“embed”前加上语言代码，例如{ $address }。
embed-open = 完整时间表

# An address at which there is nothing
missing-title = 此地址没有内容
missing-lead = 地址可能有误，或未完整复制。
missing-meant = 您要找的可能是：
missing-revoked-title = 此私人地址已失效
missing-revoked-lead = 此地址已由新地址取代。请向秘书处索取新地址。
