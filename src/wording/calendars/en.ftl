# convene's own words in calendars, in English. Every file here has the same messages with the same variables.

# What stands before and behind a title in the list of a calendar
summary = { $group }: { $title }
summary-with-suffixes = { $group }: { $title } ({ $suffixes })
suffix-tentative = tentative
suffix-provisional = time may change
suffix-usual = usual hours
suffix-open = end not announced
suffix-unknown = hour not announced
suffix-about = approximate hours
suffix-latest = may end earlier
suffix-until = until { $hour }
suffix-after = after { $title }
title-alone = { $title }
title-alone-with-suffixes = { $title } ({ $suffixes })
cancelled-title = Cancelled: { $title }
postponed-title = Postponed: { $title }
list = { $first }, { $rest }
places = { $first }, { $rest }
with-title = { $body } ({ $title })

# What a session is called that has no title
kind-plenary = plenary
kind-working-party = working party meeting
kind-question = Question meeting
kind-ad-hoc = ad hoc meeting
kind-management = management team
kind-registration = registration
kind-newcomers = newcomers' session
kind-workshop = workshop
kind-social = social event
kind-meeting = meeting
kind-break = break
kind-other = session
title-of-bodies = { $bodies } { $kind }

# Parts of the day
part-morning = morning
part-afternoon = afternoon
part-evening = evening

# Lines of a description
join = Join: { $url }
join-label = Join
online = online
join-elsewhere = Remote participation: the link is in the private calendars of { $audiences }.
cancelled-text = Cancelled: { $reason }
postponed-text = Postponed: { $reason }
gone = Cancelled: it is no longer announced.
changed = Changed { $date }: { $what }
replaced = Replaced by another entry of this calendar for the same session.
moved = Moved from { $from }.
reason = Reason: { $reason }
day-and-part = { $date }, { $part }
tentative = Tentative: it may not take place.
provisional = Provisional: it takes place, but its time may change.
tentative-dates = The dates are tentative.
provisional-dates = The meeting takes place, but its dates may change.
hours-unknown = The hour is not announced.
chair = Chair: { $chair }
hours-usual = Hours: only the { $part } is announced. The hours shown ({ $start }–{ $end }) are the usual hours of { $group }.
hours-usual-at-venue = Hours: only the { $part } is announced. The hours shown ({ $start }–{ $end }) are the usual hours of the venue.
hours-start = Hours: only the start ({ $start }) is announced. The end shown ({ $end }) is the usual end of the { $part }.
hours-start-alone = Hours: only the start ({ $start }) is announced. The end shown ({ $end }) is an assumption.
hours-about = Hours: approximate ({ $start }–{ $end }).
hours-about-start = Hours: only the approximate start ({ $start }) is announced. The end shown ({ $end }) is an assumption.
hours-latest = Hours: it ends at { $end } at the latest.
hours-until = Hours: only the end ({ $end }) is announced.
hours-after = Hours: after “{ $title }”. Its own hours are not announced.
hours-after-shown = Hours: after “{ $title }”. Its own hours are not announced; those shown ({ $start }–{ $end }) are an assumption.
bodies = For: { $bodies }
parallel = In parallel. What meets when is not announced.
sequential = One after the other. The order and the hours of each are not announced.
audience-alone = Meant for: { $audiences }
concerns = Concerns: { $audiences }
recommended = Recommended, not an obligation.
how = How: { $how }
where = Where: { $where }
contact = Contact: { $contact }
held-in = Language: { $languages }
interpretation = Interpretation: { $languages }
interpretation-offered = Interpretation is offered.
interpretation-on-request = Interpretation: only on request
interpretation-on-request-into = Interpretation: { $languages }, only on request
link = { $label }: { $url }
meeting = Meeting: { $title }
not-printed = The letter does not print this date.
letter = Source: collective letter { $number }
letter-dated = Source: collective letter { $number } of { $date }
timetable = Timetable with updates: { $number }
agenda = Agenda: { $number }
homepage = Homepage: { $url }

# All-day entries
deadline = { $group } deadline{ $hour }: { $title }
deadline-for = { $group } deadline{ $hour }: { $title } ({ $audiences })
recommended-date = { $group } recommended date{ $hour }: { $title }
recommended-date-for = { $group } recommended date{ $hour }: { $title } ({ $audiences })
hour-in-zone = { $hour } { $zone }
closed = { $group }: { $body } is closed
closed-text = { $body } was closed on { $date }. This calendar ends here.
renamed = { $group }: { $former } is { $body } now
renamed-text = { $former } is called { $body } today. This calendar goes on under its old address too.
no-session = { $group }: no time announced for { $body }
no-session-text = The documents of “{ $meeting }” give { $body } no session of its own. Should one be announced, it will appear in this calendar.
nothing = { $group }: nothing announced in this calendar
nothing-text = At present nothing is announced that belongs in this calendar. What is announced will appear here.

# Names of calendars, and what each holds
calendar = { $group }: { $what }
calendar-all = everything
calendar-plenaries = plenaries
calendar-deadlines = deadlines
calendar-meetings = meetings
calendar-working-parties = Working parties
calendar-questions = Questions
holds-body = Sessions of { $body }, of the bodies above and below it, and the deadlines.
holds-all = All sessions and deadlines of { $group }.
holds-plenaries = The sessions of { $group } as a whole, and the deadlines.
holds-deadlines = The deadlines of { $group }.
holds-meetings = The meetings of { $group }, each from its first to its last day.
holds-meeting = Sessions and deadlines of one meeting of { $group }.
holds-event = One entry of a meeting of { $group }.
holds-follow = Sessions of { $what }, of the bodies above and below, and the deadlines.
left-out-past = { $holds } Older entries are left out, because calendars take no larger feed.
left-out-from = { $holds } Entries from { $date } on are left out, because calendars take no larger feed.

# What changed in an entry, and how it was before
change-in-list = { $place }: { $what }
differences = { $first }; { $rest }
difference-new = new
difference-back = announced again
difference-gone = no longer announced
difference-replaced = replaced by another entry
difference-cancelled = cancelled
difference-postponed = postponed
difference-restored = takes place after all
difference-moved = moved from { $before }
difference-moved-room = moved from { $from }, room { $room }
difference-until = until { $before } before
difference-zone = shown in another time zone, at the same instant (before: { $before })
difference-moved-to = moved to { $now }
difference-room = the room was { $before }
difference-room-none = a room is named now
difference-place = the place was { $before }
difference-place-none = a place is named now
difference-title = was called “{ $before }”
difference-title-none = has a title now
difference-chair = was chaired by { $before }
difference-chair-none = a chair is named now
difference-tentative = tentative now
difference-provisional = the time may change now
difference-confirmed = confirmed
difference-bodies = was for { $before }
difference-body-name = { $before } is called { $now } now
difference-audience = was only for { $before }
difference-audience-none = was for everybody
difference-hours = the hours were not announced before
difference-assumed = what is assumed of the hours changed
difference-exact = the hours were approximate before
difference-about = the hours are approximate now
difference-end-announced = the end was not announced before
difference-end-unannounced = the end is no longer announced
difference-unannounced = the hours are no longer announced
difference-usual = the usual hours are shown now
difference-unknown = no hours are shown any more
difference-link = link to take part
difference-dates = dates of the series
difference-feeds = in other calendars than before
difference-details = details
difference-instance = { $when }: { $what }
difference-of-series = the series: { $what }

# Dates
date-and-hour = { $date }, { $hour }
dates = { $first } – { $last }
