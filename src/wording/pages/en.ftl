# convene's own words on pages, in English. Every file here has the same messages with the same variables.

# Around every page
page-skip = Skip to the content
page-groups = Study groups
page-way = You are here
page-language = Language
page-of-webmasters = For webmasters
page-status = Status of the service
page-times = All hours are those of { $zone } ({ $offset }).
page-times-alone = All hours are those of { $zone }.
page-own-times = Hours of your own clock ({ $zone }) stand beside them.
page-own-hour = on your own clock
page-unreachable = Google and Outlook cannot reach this address yet.
page-unreachable-why = Google Calendar, Outlook.com and Microsoft 365 fetch calendars from the internet, and the addresses here begin with { $address }, which only this machine or network can reach. Calendar programs on this machine work now. For the others, start convene with a public address:

# Dates
page-dates = { $first } – { $last }
page-dates-in-month = { $first-day }–{ $last }
page-next-day = next day
page-all-day = All day
page-today = Today

# The list of study groups
index-title = Calendars of study groups
index-lead = Subscribe once to the calendar of your working party or Question. Sessions, plenaries and deadlines then follow every change: the right hour, the right room.
index-empty = No study group is announced yet.

# A study group
group-title = { $group }: meetings and calendars
group-homepage = Homepage
group-contact = Contact: { $contact }
group-now = Going on now
group-next = Next meeting
group-none = No meeting is announced
group-none-text = Subscribe now: whatever is announced will appear in your calendar by itself.
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
group-subscribe-lead = Choose what concerns you. A subscription follows every change by itself; a downloaded file does not.
group-whole = The study group
group-bodies = Working parties and Questions
group-plenary-questions = Questions that report to the plenary
group-several = Several at once
group-several-text = Tick your working parties and Questions, and get one address for all of them.
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
due-cancelled = cancelled
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
meeting-cancelled = This meeting does not take place.
meeting-gone = This meeting is no longer announced.
meeting-past = This meeting is over.
meeting-nothing = The timetable is not announced yet.
meeting-nothing-text = Subscribe now: sessions will appear in your calendar as they are announced.
meeting-show = Show
meeting-show-all = Everything
meeting-only = Only { $bodies }, and what concerns all
meeting-subscribe = Subscribe to this meeting
meeting-subscribe-lead = This calendar holds this one meeting. To follow the meetings after it too, subscribe to your working party or Question instead.
timetable-title = Timetable
timetable-day-empty = Nothing announced
timetable-tentative = tentative
timetable-cancelled = cancelled
timetable-moved = moved
timetable-moved-from = from { $from }
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
timetable-usual-text = Hours in italics are the usual hours of { $group }: no document announces them.

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
subscribe-google-lag = 4 to 24 hours after a change. Google cannot be hurried.
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
subscribe-download-text = A copy as it is today, to import once. It follows no change.
subscribe-download-lag = Never.
subscribe-what = What happens
subscribe-lag = Follows a change
subscribe-qr = Open this page on your phone
subscribe-qr-text = Point the camera at the square, then choose Apple Calendar, or copy the address.
subscribe-more = All ways to subscribe
subscribe-holds = What it holds
subscribe-language = In other languages

# A feed
feed-ahead = What is ahead
feed-nothing = Nothing is ahead in this calendar.
feed-nothing-text = What is announced will appear here, and in the calendars of those who subscribe.
feed-seen = Did my calendar see it?
feed-seen-none = No calendar has fetched this feed since the service started.
feed-seen-text = When calendars of each kind last fetched this feed, since the service started. Nobody is counted as a person.
feed-seen-release = Release { $number } is served.
feed-seen-kind = Kind of calendar
feed-seen-at = Last fetched
feed-seen-version = Release
feed-seen-old = not the latest
feed-forms = Other forms
feed-atom = What changed, for feed readers (Atom)
feed-json = For webmasters (JSON)
feed-embed = On your own page
feed-where = Where
feed-online = Web address
feed-chair = Chair
feed-for = For
feed-audience = Meant for
feed-concerns = Concerns
feed-interpretation = Interpretation
feed-interpretation-offered = offered
feed-on-request = only on request
feed-how = How
feed-contact = Contact
feed-links = Links
feed-note = Note
feed-source = Source
feed-not-printed = The letter does not print this date.

# Putting a calendar together
builder-title = Put your calendar together
builder-lead = Tick what you follow, and you get one address for all of it. What you ticked stands in the address bar too: keep that, or send it to a colleague.
builder-bodies = Working parties and Questions
builder-audiences = Kinds of delegate
builder-audiences-text = Sessions that are meant for them alone.
builder-show = Show this calendar
builder-nothing = Nothing is ticked yet.
builder-nothing-text = The sessions of a working party include those of its Questions, and the plenaries. A Question’s include those of its working party and the plenaries.
builder-too-long = That is more than an address can hold. Tick working parties in the place of their Questions.
builder-conflicts = { $number ->
    [0] Nothing of it takes place at the same time.
    [one] { $number } time at which you would have to be in two places:
   *[other] { $number } times at which you would have to be in two places:
  }
builder-in-parallel = { $bodies } meet in parallel; what meets when is not announced
builder-count = { $number ->
    [0] Nothing of it is ahead.
    [one] { $number } entry is ahead.
   *[other] { $number } entries are ahead.
  }

# Changes
changes-title = { $group }: what changed
changes-lead = Every change that was published, the latest first. Calendars of subscribers follow by themselves.
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
changes-atom-text = Every calendar has its own: its address with .atom in the place of .ics.

# The status of the service
status-title = Status
status-served = Release { $number }, published { $date }, is served.
status-none = No release is served yet.
status-good = Nothing is wrong.
status-errors = { $number ->
    [one] The definitions have { $number } error. What was published before it is served.
   *[other] The definitions have { $number } errors. What was published before them is served.
  }
status-folder = The folder of definitions cannot be read. What was published last is served.
status-ledger = The ledger cannot be read or written. What was published last is served.
status-version = Another version of convene made this release than serves it here: some wording may differ.
status-stale = What is served is not kept up to date because of a fault in convene. It is tried again.
status-clock = The clock of this machine is behind the latest release: nothing is published until that is put right. What was published last is served.
status-outdated = A newer version of convene publishes here: this one publishes nothing.
status-secret = Delegates have other addresses here than the publisher gives them: the secret is another.
status-part = A part of convene ended because of a fault. It is begun again.

# For webmasters
embed-title = { $group } on your own page
embed-lead = Copy a snippet into your page. It needs no account, no build step and no script of anybody else, and it cannot change how your page looks.
embed-which = Of which calendar
embed-script = A timetable that is as tall as it has to be
embed-script-text = One element, where the timetable is to stand. It puts a frame there and keeps it as tall as its content.
embed-iframe = A timetable without any script
embed-iframe-text = A frame of a height that you choose.
embed-button = A button to subscribe
embed-button-text = A plain link: it looks as links on your page do.
embed-alternate = For programs that look for calendars
embed-alternate-text = Goes into the head of your page.
embed-json = For a timetable of your own
embed-json-text = Everything as JSON, which may be fetched from any page.
embed-preview = Preview
embed-language = For a timetable in another language, put the language before “embed”, as in { $address }.
embed-subscribe = Subscribe
embed-open = Whole timetable
