# convene's own words in calendars, in English. Every file here has the same messages with the same variables; a language that
# has one form for all numbers may do without the number.
#
# What the variables are, each with a real value and, behind the bar, with its longest or strangest one:
#
# $group      the short name of a study group: SG12 | ISO/TC 68/SC 9
# $body       a working party, Question or other body as people write it: WP1/12 | Joint Coordination Activity on AI/ML
# $bodies     several of them, as a list: Q6/12 | WP1/12, Q4/12, Q5/12, Q6/12, Q7/12, Q12/12, Q13/12
# $former     the name that a body had: Q15/12 | TG 6
# $number     how many there are, or the number of a document: 2 | SG12-TD1 (GEN/12)
# $title      what a session, meeting or deadline is called, typed: Opening plenary | SG12: Plenary (opening), part 1/2
# $suffixes   what a title warns of, as a list: tentative | tentative; usual times, not announced
# $audiences  kinds of delegates, as a list: Management team | Fellows, delegates who need a visa
# $label      what stands before a colon: Chair | Documents of the meeting
# $value      what stands behind it, typed or an address: K. Ito | https://meet.example.org/a-rather-long-address?id=1
# $what       what happened, or what a calendar holds: WP1/12 | room changed (previously K); SG9: Q2/9
# $when       when one session of a series is or was: Tuesday 14 January 2025, 14:30
# $date       a date: 14 January 2025 | Wednesday 24 September 2025
# $first      the first day, or the first part of a list: 14 January 2025
# $last       the last day, or the last part of a list: 23 January 2025
# $first-day  the first day of a month: 14
# $last-day   the last day of a month: 23
# $rest       the other parts of a list: Q12/12
# $all        the parts of a list except the last: Q6/12 | Q6/12, Q7/12
# $time       a time of day, perhaps with its clock: 14:30 | 23:59 Geneva time
# $start      when something begins: 09:30
# $end        when it ends: 12:30 | 16:00 Geneva time
# $part       a part of the day, as the messages say it that begin with part-: morning
# $place      a city, typed: Geneva | Saint-Rémy-lès-Chevreuse
# $zone       the name of a time zone: Europe/Zurich | America/Argentina/ComodRivadavia
# $room       the room before a change, typed: K | Entrance of the Montbrillant building
# $before     what was there before a change: Popov | Tuesday 14 January 2025, 14:30 America/New_York time
# $now        what is there now: Wednesday 15 January 2025, 09:30
# $meeting    the title of a meeting, typed: SG12 meeting | SG12: Meeting of January 2025 (Geneva)
# $holds      a whole sentence about what a calendar holds: All sessions and deadlines of SG12.
# $clock      whose time it is, as the messages say it that begin with clock-: Geneva time
# $languages  languages, as a list: French | French, Arabic

# What stands before and behind a title in the list of a calendar
summary = { $group }: { $title }
summary-with-suffixes = { $group }: { $title } ({ $suffixes })
title-with-suffixes = { $title } ({ $suffixes })
suffix-tentative = tentative
suffix-provisional = time may change
suffix-usual = usual times, not announced
suffix-open = end time not announced
suffix-unknown = time not announced
suffix-month = days not announced
suffix-first-day = last day not announced
suffix-about = approximate times
suffix-latest = may end earlier
suffix-until = until { $time }
suffix-after = after { $title }
cancelled = Cancelled: { $what }
postponed = Postponed: { $what }
with-title = { $body } ({ $title })

# Lists: short ones, those inside a sentence, those whose parts have commas, and the parts of a place
list = { $first }, { $rest }
list-and = { $all } and { $last }
list-long = { $first }; { $rest }
places = { $first }, { $rest }

# A label and its value; a label whose value stands elsewhere on a page
labelled = { $label }: { $value }
label-alone = { $label }:

# What a session is called that has no title: alone, and with its bodies
kind-plenary = plenary
kind-plenary-of = { $bodies } – plenary
kind-working-party = working party meeting
kind-working-party-of = { $number ->
    [one] { $bodies } – working party meeting
   *[other] { $bodies } – meeting of working parties
  }
kind-question = Question meeting
kind-question-of = { $number ->
    [one] { $bodies } – Question meeting
   *[other] { $bodies } – meeting of Questions
  }
kind-ad-hoc = ad hoc meeting
kind-ad-hoc-of = { $bodies } – ad hoc meeting
kind-management = management team meeting
kind-management-of = { $bodies } – management team meeting
kind-registration = registration
kind-registration-of = { $bodies } – registration
kind-newcomers = newcomers’ session
kind-newcomers-of = { $bodies } – newcomers’ session
kind-workshop = workshop
kind-workshop-of = { $bodies } – workshop
kind-social = social event
kind-social-of = { $bodies } – social event
kind-meeting = meeting
kind-meeting-of = { $bodies } – meeting
kind-break = break
kind-break-of = { $bodies } – break
kind-other = session
kind-other-of = { $bodies } – session

# Parts of the day
part-morning = morning
part-afternoon = afternoon
part-evening = evening

# Labels of the lines of a description, and of the same facts on pages
label-join = Join
label-reason = Reason
label-bodies = For
label-audience = Only for
label-concerns = Concerns
label-chair = Chair
label-room = Room
label-place = Where
label-how = How
label-web = Web address
label-contact = Contact
label-language = Language
label-interpretation = Interpretation
label-links = Links
label-note = Note
label-meeting = Meeting
label-source = Source
label-timetable = Timetable with updates
label-agenda = Agenda
label-homepage = Homepage

# Lines of a description
online = online
join-elsewhere = Remote participation: the link is in the private calendars of { $audiences }.
gone = Cancelled: no longer on the announced programme.
changed = Changed on { $date }: { $what }
replaced = Replaced by another entry in this calendar for the same session.
moved = Rescheduled (previously { $before }).
not-on = Not on { $date }: { $what }
day-and-part = { $date }, { $part }
tentative = Tentative: it may not take place.
provisional = Provisional: it takes place, but its time may change.
tentative-dates = The dates are tentative.
dates-month = Dates: only the month has been announced.
dates-first-day = Dates: only the first day has been announced.
provisional-dates = The meeting takes place, but its dates may change.
hours-unknown = The time has not been announced.
hours-usual = Time: announced only as “{ $part }”. The times shown ({ $start }–{ $end }) are those usual for { $group }.
hours-usual-at-venue = Time: announced only as “{ $part }”. The times shown ({ $start }–{ $end }) are those usual at the venue.
hours-start = Time: only the start ({ $start }) has been announced. The end shown ({ $end }) is the usual end of the { $part } sessions.
hours-start-alone = Time: only the start ({ $start }) has been announced. The end shown ({ $end }) is an assumption.
hours-about = Time: approximate ({ $start }–{ $end }).
hours-about-start = Time: only the approximate start ({ $start }) has been announced. The end shown ({ $end }) is an assumption.
hours-latest = Time: it ends at { $end } at the latest.
hours-until = Time: only the end ({ $end }) has been announced.
hours-after = Time: after “{ $title }”. No time of its own has been announced.
hours-after-shown = Time: after “{ $title }”. No time of its own has been announced; the times shown ({ $start }–{ $end }) are an assumption.
parallel = Held in parallel. The times of the individual meetings have not been announced.
sequential = Held one after the other. Their order and times have not been announced.
recommended = Recommended date, not mandatory.
interpretation-provided = will be provided
interpretation-on-request = only on request
interpretation-into-on-request = { $languages }, only on request
not-printed = This date does not appear in the Collective letter.
letter = Collective letter { $number }
letter-dated = Collective letter { $number }, dated { $date }

# Deadlines: without and with a time, for all and for some
deadline = { $group } deadline: { $title }
deadline-for = { $group } deadline: { $title } ({ $audiences })
deadline-at = { $group } deadline ({ $time }): { $title }
deadline-at-for = { $group } deadline ({ $time }): { $title } ({ $audiences })
recommended-date = { $group } recommended date: { $title }
recommended-date-for = { $group } recommended date: { $title } ({ $audiences })
recommended-date-at = { $group } recommended date ({ $time }): { $title }
recommended-date-at-for = { $group } recommended date ({ $time }): { $title } ({ $audiences })

# What a calendar says about itself
closed = { $group }: { $body } has completed its work
closed-text = { $body } completed its work on { $date }. This calendar ends here.
renamed = { $group }: { $former } is now { $body }
renamed-text = { $former } is now called { $body }. The old address of this calendar still works.
no-session = { $group }: no time announced for { $body }
no-session-text = The documents of “{ $meeting }” schedule no separate session for { $body }. If one is announced, it will appear in this calendar.
nothing = { $group }: nothing announced in this calendar
nothing-text = Nothing has been announced for this calendar yet. New entries will appear here.

# Names of calendars, and what each holds
calendar = { $group }: { $what }
calendar-all = all sessions and deadlines
calendar-plenaries = plenaries
calendar-deadlines = deadlines
calendar-meetings = meeting dates
calendar-working-parties = Working parties
calendar-questions = Questions
holds-body = Sessions of { $body } and of the groups above and below it, and the deadlines.
holds-all = All sessions and deadlines of { $group }.
holds-plenaries = The sessions of { $group } as a whole, and the deadlines.
holds-deadlines = The deadlines of { $group }.
holds-meetings = The meetings of { $group }, each from its first to its last day.
holds-meeting = Sessions and deadlines of one meeting of { $group }.
holds-event = One entry of a meeting of { $group }.
holds-follow = Selected: { $what }. Their sessions, those of the groups above and below them, and the deadlines.
left-out-past = { $holds } Older entries are left out because calendar programs do not accept larger feeds.
left-out-from = { $holds } Entries from { $date } onwards are left out because calendar programs do not accept larger feeds.

# What changed in an entry: each says what changed, and in brackets what it was
difference-new = new
difference-back = on the programme again
difference-gone = no longer on the programme
difference-replaced = replaced by another entry
difference-cancelled = cancelled
difference-postponed = postponed
difference-restored = takes place after all
difference-moved = rescheduled (previously { $before })
difference-moved-room = rescheduled (previously { $before }, { $room })
difference-until = end time changed (previously { $before })
difference-zone = time zone changed, but not the actual time (previously { $before })
difference-moved-to = rescheduled to { $now }
difference-room = room changed (previously { $before })
difference-room-none = room announced
difference-place = place changed (previously { $before })
difference-place-none = place announced
difference-title = title changed (previously “{ $before }”)
difference-title-none = title announced
difference-chair = chair changed (previously { $before })
difference-chair-none = chair announced
difference-tentative = now tentative
difference-provisional = now with a time that may change
difference-confirmed = confirmed
difference-bodies = bodies changed (previously { $before })
difference-body-name = { $before } is now called { $now }
difference-audience = participants changed (previously only { $before })
difference-audience-none = participants changed (previously everybody)
difference-hours = times announced
difference-days-known = days announced
difference-last-day-known = last day announced
difference-start-announced = start time announced
difference-end-alone = now only the end time is announced
difference-assumed = assumed times changed
difference-exact = exact times announced
difference-about = now with approximate times
difference-end-announced = end time announced
difference-end-unannounced = end time no longer announced
difference-unannounced = times no longer announced
difference-usual = now shown at the usual times
difference-unknown = now shown without times
difference-link = link for remote participation changed
difference-dates = dates of the series changed
difference-feeds = now in other calendars
difference-details = details changed
difference-instance = { $what } ({ $when })
difference-of-series = series: { $what }

# Dates and times
date-and-time = { $date }, { $time }
dates = { $first } – { $last }
dates-in-month = { $first-day }–{ $last }
time-at-place = { $time } { $place } time
time-in-zone = { $time } { $zone } time
time-utc = { $time } UTC
time-anywhere = { $time } anywhere on Earth
times-on-clock = { $start }–{ $end }, { $clock }
clock-of-place = { $place } time
clock-of-zone = { $zone } time
clock-utc = UTC
clock-anywhere = time anywhere on Earth (UTC−12)

# Languages
language-ar = Arabic
language-en = English
language-es = Spanish
language-fr = French
language-ru = Russian
language-zh = Chinese
