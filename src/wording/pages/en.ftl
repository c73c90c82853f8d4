# convene's own words on pages, in English. Every file here has the same messages with the same variables; a language that has
# one form for all numbers may do without the number. What calendars and pages both say is in the folder calendars.
#
# What the variables are, each with a real value and, behind the bar, with its longest or strangest one; the others are explained
# in the folder calendars:
#
# $feed     the name of a calendar: SG12: WP1/12 | SG12: WP1/12, Q12/12, Management team; SG9: Q2/9
# $offset   the difference from UTC: UTC+01:00
# $address  an internet address, or a part of one: https://calendars.example.org/ | …/fr/embed/sg12/

# Around every page
page-skip = Skip to the content
page-groups = All calendars
page-way = You are here
page-of-webmasters = For webmasters
page-status = Status of the service
page-times = All times: { $clock } ({ $offset }).
page-times-alone = All times: { $clock }.
page-own-times = Your local times ({ $zone }) are shown alongside.
page-own-hour = your time
page-unreachable = Google and Outlook cannot reach this address yet.
page-unreachable-why = Google Calendar, Outlook.com and Microsoft 365 fetch calendars from the internet, and the addresses here begin with { $address }, which only this machine or network can reach. Calendar programs on this machine work now. For the others, start convene with a public address:

# Dates
page-next-day = next day
page-all-day = All day
page-today = Today

# The list of study groups
index-title = Calendars
index-lead = Subscribe once to the calendar of what you follow. Its sessions and deadlines are then updated with every change, so that you always have the right time and room.
index-empty = There is no calendar yet.

# A study group
group-title = { $group }: meetings and calendars
group-now = In progress
group-next = Next meeting
group-none = No meeting has been announced
group-none-text = Subscribe now: meetings will appear in your calendar when they are announced.
group-last = Most recent meeting
group-begins = { $number ->
    [1] begins tomorrow
    [one] begins in { $number } day
   *[other] begins in { $number } days
  }
group-day-of = day { $number } of { $all }
group-deadlines = Deadlines
group-deadlines-none = No upcoming deadlines.
group-deadlines-all = All deadlines
group-subscribe-lead = Choose what concerns you. A subscription is updated with every change; a downloaded file is not.
group-whole = { $group } as a whole
group-within = Within { $group }
group-plenary-questions = Questions that report to the plenary
group-several = Several at once
group-several-text = Select what you follow, and get one address for all of it.
group-meetings = Meetings
group-meetings-past = Past meetings
group-changes = What changed
group-changes-all = All changes
group-closed = work completed on { $date }

# Deadlines
due-left = { $number ->
    [0] today
    [1] tomorrow
    [one] { $number } day left
   *[other] { $number } days left
  }
due-past = passed
due-recommended = recommended
due-past-list = { $number ->
    [one] { $number } deadline has passed
   *[other] { $number } deadlines have passed
  }

# A meeting and its timetable
meeting-first-day = from { $date }
meeting-cancelled = This meeting has been cancelled.
meeting-postponed = This meeting has been postponed. Its new dates are not known yet.
meeting-gone = This meeting is no longer on the programme.
meeting-past = This meeting is over.
meeting-nothing = The timetable has not been announced yet.
meeting-nothing-text = Subscribe now: sessions will appear in your calendar as they are announced.
meeting-show = Show
meeting-show-all = Everything
meeting-only = Only { $bodies } and sessions for everyone
meeting-subscribe = Subscribe to this meeting
meeting-subscribe-lead = This calendar covers this meeting only. To follow later meetings as well, subscribe to a calendar of { $group }.
timetable-title = Timetable
timetable-day-empty = Nothing announced
timetable-moved = rescheduled
timetable-previously = previously: { $before }
timetable-parallel = in parallel
timetable-sequential = one after the other
timetable-more = { $number ->
    [one] { $number } more week is in the calendar.
   *[other] { $number } more weeks are in the calendar.
  }
timetable-usual-text = Times in italics have not been announced in any document: they are usual times, or an assumption.

# Menus of other programs, as they are called in this language. Written on 29 November 2026; to be confirmed in the programs themselves
-google-from-url = From URL
-outlook-add-calendar = Add calendar
-outlook-from-web = Subscribe from web
-outlook-file = File
-outlook-account-settings = Account Settings
-outlook-internet-calendars = Internet Calendars
-outlook-new = New
-thunderbird-new-calendar = New Calendar
-thunderbird-on-network = On the Network
-apple-every-hour = Every hour

# Subscribing
subscribe-title = Subscribe
subscribe-of = Subscribe to “{ $feed }”
subscribe-address = Address of this calendar
subscribe-copy = Copy
subscribe-copied = Copied
subscribe-press = Press Ctrl+C (⌘C on a Mac)
subscribe-address-text = Works in every calendar: paste it where yours asks for the address (URL) of a calendar.
subscribe-apple = Apple Calendar
subscribe-apple-text = Your calendar program opens and asks whether you want to subscribe. The same link works with Thunderbird, GNOME and other programs on this device.
subscribe-apple-lag = As often as you choose there, from every 5 minutes to every week. We suggest “{ -apple-every-hour }”.
subscribe-google = Google Calendar
subscribe-google-text = Copies the address and opens Google Calendar in a browser at “{ -google-from-url }”: paste it there. The Google Calendar app then shows it too.
subscribe-google-direct = Or in one step, where Google accepts it
subscribe-google-lag = 4 to 24 hours after a change. There is no way to speed this up.
subscribe-outlook = Outlook.com
subscribe-outlook-text = Outlook opens with address and name filled in: confirm there. The new Outlook for Windows shows it too.
subscribe-microsoft = Microsoft 365
subscribe-microsoft-text = The same for a work or school account. If your organisation blocks this, copy the address and use { -outlook-add-calendar } > { -outlook-from-web }.
subscribe-outlook-lag = About 3 hours after a change, sometimes more than a day.
subscribe-classic = Outlook for Windows (classic)
subscribe-classic-text = { -outlook-file } > { -outlook-account-settings } > { -outlook-account-settings } > { -outlook-internet-calendars } > { -outlook-new }: paste the address.
subscribe-classic-lag = At each start, then every 1 to 3 hours.
subscribe-thunderbird = Thunderbird
subscribe-thunderbird-text = { -thunderbird-new-calendar } > { -thunderbird-on-network }: paste the address.
subscribe-thunderbird-lag = Every 30 minutes.
subscribe-download = Download a file
subscribe-download-text = A copy as it stands today, to import once. It will not be updated.
subscribe-download-lag = Never.
subscribe-what = What happens
subscribe-lag = Updates
subscribe-qr = Open this page on your phone
subscribe-qr-text = Point the camera at the QR code, then choose Apple Calendar or copy the address.
subscribe-more = All ways to subscribe
subscribe-holds = Contents
subscribe-language = In other languages

# A feed
feed-ahead = Upcoming
feed-nothing = Nothing upcoming in this calendar.
feed-nothing-text = New entries will appear here, and in the calendars of subscribers.
feed-seen = Has my calendar been updated?
feed-seen-none = No program has fetched this feed since the service started.
feed-seen-text = When programs of each kind last fetched this feed, since the service started. Individuals are not counted.
feed-seen-release = Current release: { $number }.
feed-seen-kind = Program
feed-seen-at = Last fetched
feed-seen-version = Release
feed-seen-old = not the latest
feed-forms = Other formats
feed-atom = Changes, for feed readers (Atom)
feed-json = For webmasters (JSON)
feed-embed = On your own page

# Putting a calendar together
builder-title = Build your own calendar
builder-lead = Select what you follow to get one address for all of it. Your selection is also kept in the address bar: bookmark it, or send it to a colleague.
builder-audiences = Categories of delegates
builder-audiences-text = Sessions reserved for them.
builder-show = Show this calendar
builder-nothing = Nothing is selected yet.
builder-nothing-text = What you select includes the sessions of the groups in it, and of those that it belongs to.
builder-too-long = Your selection is too long for an address. Select a group instead of all those in it.
builder-conflicts = { $number ->
    [0] No time conflicts.
    [one] { $number } time when you would have to be in two places:
   *[other] { $number } times when you would have to be in two places:
  }
builder-in-parallel = { $bodies } meet in parallel; their individual times have not been announced
builder-count = { $number ->
    [0] No upcoming entries.
    [one] { $number } upcoming entry.
   *[other] { $number } upcoming entries.
  }

# Changes
changes-title = { $group }: what changed
changes-lead = Every published change, most recent first. Subscribers’ calendars are updated automatically.
changes-none = No changes since the first announcement.
changes-new = { $number ->
    [one] { $number } new entry
   *[other] { $number } new entries
  }
changes-atom = The same for a feed reader:
changes-atom-text = Every calendar has its own: its address with .atom instead of .ics.

# The status of the service
status-title = Status
status-served = Current release: { $number } (published { $date }).
status-none = No release has been published yet.
status-good = Nothing is wrong.
status-errors = { $number ->
    [one] The definitions have { $number } error. The last release is still being served.
   *[other] The definitions have { $number } errors. The last release is still being served.
  }
status-folder = The folder of definitions cannot be read. The last release is still being served.
status-ledger = The ledger cannot be read or written. The last release is still being served.
status-version = This release was made by another version of convene than the one serving it: some wording may differ.
status-stale = The served release is not kept up to date because of a fault in convene. It will try again.
status-clock = The clock of this machine is behind the latest release: nothing is published until it is corrected. The last release is still being served.
status-outdated = A newer version of convene publishes here: this one only follows.
status-secret = The secret differs from the publisher’s: delegates have other addresses here.
status-part = A task of convene failed. It is being restarted.

# For webmasters
embed-title = { $group } on your own page
embed-lead = Copy a snippet into your page. It needs no account, no build step and no third-party script, and cannot change how your page looks.
embed-which = Calendar
embed-script = Timetable that adjusts its height automatically
embed-script-text = One element in the place of the timetable. It inserts a frame, and adjusts the height to the content.
embed-iframe = Timetable without a script
embed-iframe-text = A frame with a height of your choice.
embed-button = Button to subscribe
embed-button-text = A plain link that looks like the links on your page.
embed-alternate = For programs that look for calendars
embed-alternate-text = Goes into the head of your page.
embed-json = For your own timetable
embed-json-text = All entries as JSON, which any page may fetch.
embed-preview = Preview
embed-language = For a timetable in another language, put the language before “embed”, as in { $address }.
embed-open = Whole timetable

# An address at which there is nothing
missing-title = Nothing at this address
missing-lead = The address may have been mistyped, or copied in part.
missing-meant = Did you mean one of these?
missing-revoked-title = This private address is no longer valid
missing-revoked-lead = It was replaced by another one. Ask the secretariat for the new one.
