# convene's own words on pages, in English. Every file here has the same messages with the same variables.

# Around every page
page-skip = Skip to the content
page-groups = All calendars
page-way = You are here
page-language = Language
page-of-webmasters = For webmasters
page-status = Status of the service
page-times = All hours are those of { $zone } ({ $offset }).
page-times-alone = All hours are those of { $zone }.
page-own-times = Your local hours ({ $zone }) are shown beside them.
page-own-hour = your local time
page-unreachable = Google and Outlook cannot reach this address yet.
page-unreachable-why = Google Calendar, Outlook.com and Microsoft 365 fetch calendars from the internet, and the addresses here begin with { $address }, which only this machine or network can reach. Calendar programs on this machine work now. For the others, start convene with a public address:

# Dates
page-dates = { $first } – { $last }
page-dates-in-month = { $first-day }–{ $last }
page-next-day = next day
page-all-day = All day
page-today = Today

# The list of study groups
index-title = Calendars
index-lead = Subscribe once to the calendar of what you follow. Its sessions and deadlines then follow every change: the right hour, the right room.
index-empty = There is no calendar yet.

# A study group
group-title = { $group }: meetings and calendars
group-homepage = Homepage
group-contact = Contact: { $contact }
group-now = Going on now
group-next = Next meeting
group-none = No meeting is announced
group-none-text = Subscribe now: meetings will appear in your calendar when they are announced.
group-last = Last meeting
group-begins = { $number ->
    [1] begins tomorrow
    [one] begins in { $number } day
   *[other] begins in { $number } days
  }
group-day-of = day { $number } of { $all }
group-timetable = Timetable
group-deadlines = Deadlines
group-deadlines-none = No deadline is ahead.
group-deadlines-all = All deadlines
group-subscribe = Subscribe
group-subscribe-lead = Choose what concerns you. A subscription follows every change; a downloaded file does not.
group-whole = { $group } as a whole
group-within = Within { $group }
group-plenary-questions = Questions that report to the plenary
group-several = Several at once
group-several-text = Select what you follow, and get one address for all of it.
group-several-link = Put your calendar together
group-meetings = Meetings
group-meetings-past = Past meetings
group-changes = What changed
group-changes-all = All changes
group-changes-none = Nothing has changed since it was announced.
group-closed = closed on { $date }

# Deadlines
due-left = { $number ->
    [0] today
    [1] tomorrow
    [one] { $number } day left
   *[other] { $number } days left
  }
due-past = past
due-recommended = recommended
due-past-list = { $number ->
    [one] { $number } deadline is past
   *[other] { $number } deadlines are past
  }

# A meeting and its timetable
meeting-letter = Collective letter { $number }
meeting-letter-dated = Collective letter { $number } of { $date }
meeting-agenda = Agenda: { $number }
meeting-timetable = Timetable with updates: { $number }
meeting-tentative = The dates are tentative.
meeting-month = { $month }, days not announced
meeting-first-day = from { $date }, last day not announced
meeting-provisional = The meeting takes place, but its dates may change.
meeting-cancelled = This meeting does not take place.
meeting-postponed = This meeting is postponed. Its new dates are not known yet.
meeting-gone = This meeting is no longer announced.
meeting-past = This meeting is over.
meeting-nothing = The timetable is not announced yet.
meeting-nothing-text = Subscribe now: sessions will appear in your calendar as they are announced.
meeting-show = Show
meeting-show-all = Everything
meeting-only = Only { $bodies }, and what concerns all
meeting-subscribe = Subscribe to this meeting
meeting-subscribe-lead = This calendar contains only this meeting. To follow later meetings too, subscribe to a calendar of { $group } instead.
timetable-title = Timetable
timetable-day-empty = Nothing announced
timetable-tentative = tentative
timetable-provisional = time may change
timetable-cancelled = cancelled
timetable-postponed = postponed
timetable-moved = moved
timetable-moved-from = from { $from }
timetable-former-room = room before:
timetable-usual = usual hours, not announced
timetable-open = end not announced
timetable-unknown = hour not announced
timetable-continues = until { $hour }
timetable-parallel = in parallel
timetable-sequential = one after the other
timetable-room = Room:
timetable-for = For:
timetable-only-for = Only for:
timetable-join = Join
timetable-more = { $number ->
    [one] { $number } more week is in the calendar.
   *[other] { $number } more weeks are in the calendar.
  }
timetable-usual-text = Hours in italics are announced by no document: they are usual hours, or an assumption.

# Subscribing
subscribe-title = Subscribe
subscribe-of = Subscribe: { $feed }
subscribe-address = Address of this calendar
subscribe-copy = Copy
subscribe-copied = Copied
subscribe-press = Press Ctrl+C
subscribe-address-text = Works in every calendar: paste it where yours asks for the address (URL) of a calendar.
subscribe-apple = Apple Calendar
subscribe-apple-text = Your calendar opens and asks whether to subscribe. The same link serves Thunderbird, GNOME and other programs on this device.
subscribe-apple-lag = As often as you set there, from every 5 minutes to every week. Choose every hour.
subscribe-google = Google Calendar
subscribe-google-text = Copies the address and opens Google Calendar on the web at “From URL”: paste it there. Google’s phone app then shows it too.
subscribe-google-direct = Or in one step, where Google accepts it
subscribe-google-lag = 4 to 24 hours after a change. This cannot be made faster.
subscribe-outlook = Outlook.com
subscribe-outlook-text = Outlook opens with address and name filled in: confirm there. The new Outlook for Windows shows it too.
subscribe-microsoft = Microsoft 365
subscribe-microsoft-text = The same for an account of work or school. Some organisations block it: then copy the address.
subscribe-outlook-lag = About 3 hours after a change, at times more than a day.
subscribe-classic = Outlook for Windows (classic)
subscribe-classic-text = File, Account Settings, Internet Calendars, New: paste the address.
subscribe-classic-lag = At each start, then every 1 to 3 hours.
subscribe-thunderbird = Thunderbird
subscribe-thunderbird-text = New Calendar, On the Network: paste the address.
subscribe-thunderbird-lag = Every 30 minutes.
subscribe-download = Download a file
subscribe-download-text = A copy of today's state, to import once. It does not follow changes.
subscribe-download-lag = Never.
subscribe-what = What happens
subscribe-lag = Shows a change
subscribe-qr = Open this page on your phone
subscribe-qr-text = Point the camera at the square, then choose Apple Calendar, or copy the address.
subscribe-more = All ways to subscribe
subscribe-holds = Contents
subscribe-language = In other languages

# A feed
feed-ahead = Coming up
feed-nothing = Nothing is coming up in this calendar.
feed-nothing-text = New entries will appear here, and in the calendars of subscribers.
feed-seen = Has my calendar fetched it?
feed-seen-none = No calendar has fetched this feed since the service started.
feed-seen-text = The last time that each kind of calendar fetched this feed, since the service started. No individuals are recorded.
feed-seen-release = Release { $number } is served.
feed-seen-kind = Kind of calendar
feed-seen-at = Last fetched
feed-seen-version = Release
feed-seen-old = not the latest
feed-forms = Other formats
feed-atom = Changes, for feed readers (Atom)
feed-json = For webmasters (JSON)
feed-embed = On your own page
feed-where = Where
feed-online = Web address
feed-chair = Chair
feed-for = For
feed-audience = Meant for
feed-concerns = Concerns
feed-held-in = Language
feed-interpretation = Interpretation
feed-interpretation-offered = offered
feed-on-request = only on request
feed-how = How
feed-contact = Contact
feed-links = Links
feed-note = Note
feed-changed = Changed { $date }
feed-source = Source
feed-not-printed = The letter does not print this date.

# Putting a calendar together
builder-title = Put your calendar together
builder-lead = Select what you follow, and you get one address for all of it. Your selection is in the address bar, too: bookmark it, or send it to a colleague.
builder-audiences = Kinds of delegate
builder-audiences-text = Sessions that are meant for them only.
builder-show = Show this calendar
builder-nothing = Nothing is selected yet.
builder-nothing-text = What you select includes the sessions of the bodies in it, and of those that it belongs to.
builder-too-long = That is more than an address can hold. Select a body instead of all those in it.
builder-conflicts = { $number ->
    [0] No two of these entries overlap.
    [one] { $number } time at which you would have to be in two places:
   *[other] { $number } times at which you would have to be in two places:
  }
builder-in-parallel = { $bodies } meet in parallel; what meets when is not announced
builder-count = { $number ->
    [0] No entry is coming up.
    [one] { $number } entry is coming up.
   *[other] { $number } entries are coming up.
  }

# Changes
changes-title = { $group }: what changed
changes-lead = All published changes, the latest first. Calendars of subscribers are updated automatically.
changes-none = Nothing has changed since it was announced.
changes-new = { $number ->
    [one] { $number } new entry
   *[other] { $number } new entries
  }
changes-new-in = { $number ->
    [one] { $number } new entry in { $meeting }
   *[other] { $number } new entries in { $meeting }
  }
changes-atom = The same for a feed reader:
changes-atom-text = Every calendar has its own: replace .ics in its address by .atom.

# The status of the service
status-title = Status
status-served = Release { $number }, published { $date }, is served.
status-none = No release is served yet.
status-good = Nothing is wrong.
status-errors = { $number ->
    [one] The definitions have { $number } error. The last release stays served.
   *[other] The definitions have { $number } errors. The last release stays served.
  }
status-folder = The folder of definitions cannot be read. The last release stays served.
status-ledger = The ledger cannot be read or written. The last release stays served.
status-version = This release was made by another version of convene: some wording may differ.
status-stale = The served release is not kept up to date because of a fault in convene. It will try again.
status-clock = The clock of this machine is behind the latest release: nothing is published until it is corrected. The last release stays served.
status-outdated = A newer version of convene publishes here: this one only follows.
status-secret = The secret differs from the publisher's: delegates have other addresses here.
status-part = A task of convene failed. It is being restarted.

# For webmasters
embed-title = { $group } on your own page
embed-lead = Copy a snippet into your page. It needs no account, no build step and no third-party script, and it does not affect the look of your page.
embed-which = Calendar
embed-script = A timetable with automatic height
embed-script-text = One element in the place of the timetable. It inserts a frame, and adjusts the height to the content.
embed-iframe = A timetable without a script
embed-iframe-text = A frame with a height of your choice.
embed-button = A button to subscribe
embed-button-text = A plain link that looks like the links on your page.
embed-alternate = For programs that look for calendars
embed-alternate-text = Goes into the head of your page.
embed-json = For your own timetable
embed-json-text = All entries as JSON, which any page may fetch.
embed-preview = Preview
embed-language = For a timetable in another language, put the language before “embed”, as in { $address }.
embed-subscribe = Subscribe
embed-open = Whole timetable

# An address at which there is nothing
missing-title = Nothing at this address
missing-lead = The address may have been mistyped, or copied in part.
missing-meant = Did you mean one of these?
missing-revoked-title = This private address is no longer valid
missing-revoked-lead = It was replaced by another one. Ask the secretariat for the new one.
