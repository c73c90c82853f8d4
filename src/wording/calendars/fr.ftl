# convene's own words in calendars, in French. Every file here has the same messages with the same variables.

# What stands before and behind a title in the list of a calendar
summary = { $group } : { $title }
summary-with-suffixes = { $group } : { $title } ({ $suffixes })
suffix-tentative = provisoire
suffix-provisional = horaire susceptible de changer
suffix-usual = horaire habituel
suffix-open = fin non annoncée
suffix-unknown = heure non annoncée
suffix-about = horaire approximatif
suffix-latest = peut finir plus tôt
suffix-until = jusqu’à { $hour }
suffix-after = après { $title }
title-alone = { $title }
title-alone-with-suffixes = { $title } ({ $suffixes })
cancelled-title = Annulation : { $title }
postponed-title = Report : { $title }
list = { $first }, { $rest }
places = { $first }, { $rest }
with-title = { $body } ({ $title })

# What a session is called that has no title
kind-plenary = séance plénière
kind-working-party = groupe de travail
kind-question = réunion de Question
kind-ad-hoc = réunion ad hoc
kind-management = équipe de direction
kind-registration = enregistrement
kind-newcomers = nouveaux participants
kind-workshop = atelier
kind-social = événement social
kind-meeting = réunion
kind-break = pause
kind-other = séance
title-of-bodies = { $bodies } – { $kind }

# Parts of the day
part-morning = matin
part-afternoon = après-midi
part-evening = soir

# Lines of a description
join = Participer : { $url }
join-label = Participer
online = en ligne
join-elsewhere = Participation à distance : le lien figure dans les calendriers privés suivants ({ $audiences }).
cancelled-text = Annulation : { $reason }
postponed-text = Report : { $reason }
gone = Annulation : l’annonce a été retirée.
changed = Modification du { $date } : { $what }
replaced = Une autre entrée de ce calendrier remplace celle-ci pour la même séance.
moved = Déplacement : initialement le { $from }.
reason = Motif : { $reason }
day-and-part = { $date }, { $part }
tentative = Provisoire : pourrait ne pas avoir lieu.
provisional = A bien lieu, mais l’horaire peut changer.
tentative-dates = Les dates sont provisoires.
provisional-dates = La réunion a bien lieu, mais ses dates peuvent changer.
hours-unknown = L’heure n’est pas annoncée.
chair = Présidence : { $chair }
hours-usual = Horaire : la seule indication annoncée est « { $part } ». Les heures affichées ({ $start }–{ $end }) sont les heures habituelles ({ $group }).
hours-usual-at-venue = Horaire : la seule indication annoncée est « { $part } ». Les heures affichées ({ $start }–{ $end }) sont les heures habituelles du lieu.
hours-start = Horaire : seul le début ({ $start }) est annoncé. La fin affichée ({ $end }) est l’heure de fin habituelle ({ $part }).
hours-start-alone = Horaire : seul le début ({ $start }) est annoncé. La fin affichée ({ $end }) est une supposition.
hours-about = Horaire : approximatif ({ $start }–{ $end }).
hours-about-start = Horaire : seul le début approximatif ({ $start }) est annoncé. La fin affichée ({ $end }) est une supposition.
hours-latest = Horaire : fin à { $end } au plus tard.
hours-until = Horaire : seule la fin ({ $end }) est annoncée.
hours-after = Horaire : après « { $title } ». Ses propres heures ne sont pas annoncées.
hours-after-shown = Horaire : après « { $title } ». Ses propres heures ne sont pas annoncées : celles qui sont affichées ({ $start }–{ $end }) sont une supposition.
bodies = Pour : { $bodies }
parallel = En parallèle. La répartition horaire n’est pas annoncée.
sequential = Successivement. Ni l’ordre ni les horaires respectifs ne sont annoncés.
audience-alone = Public visé : { $audiences }
concerns = Concerne : { $audiences }
recommended = Date recommandée, non obligatoire.
how = Modalités : { $how }
where = Adresse web : { $where }
contact = Contact : { $contact }
held-in = Langue : { $languages }
interpretation = Interprétation : { $languages }
interpretation-offered = Un service d’interprétation est assuré.
interpretation-on-request = Interprétation : uniquement sur demande
interpretation-on-request-into = Interprétation : { $languages }, uniquement sur demande
link = { $label } : { $url }
meeting = Réunion : { $title }
not-printed = La lettre collective n’indique pas cette date.
letter = Source : lettre collective { $number }
letter-dated = Source : lettre collective { $number } du { $date }
timetable = Calendrier de la réunion, avec mises à jour : { $number }
agenda = Ordre du jour : { $number }
homepage = Page d’accueil : { $url }

# All-day entries
deadline = { $group }, date limite{ $hour } : { $title }
deadline-for = { $group }, date limite{ $hour } : { $title } ({ $audiences })
recommended-date = { $group }, date recommandée{ $hour } : { $title }
recommended-date-for = { $group }, date recommandée{ $hour } : { $title } ({ $audiences })
hour-in-zone = { $hour } { $zone }
closed = { $group } : { $body } a pris fin
closed-text = { $body } a pris fin le { $date }. Ce calendrier s’arrête ici.
renamed = { $group } : { $former } devient { $body }
renamed-text = { $former } s’appelle désormais { $body }. Ce calendrier reste aussi disponible à son ancienne adresse.
no-session = { $group } : pas d’horaire annoncé pour { $body }
no-session-text = Les documents de « { $meeting } » ne prévoient aucune séance propre à { $body }. Si une séance est annoncée, elle apparaîtra dans ce calendrier.
nothing = { $group } : rien d’annoncé dans ce calendrier
nothing-text = Pour le moment, rien n’est annoncé qui relève de ce calendrier. Ce qui sera annoncé apparaîtra ici.

# Names of calendars, and what each holds
calendar = { $group } : { $what }
calendar-all = tout
calendar-plenaries = séances plénières
calendar-deadlines = dates limites
calendar-meetings = réunions
calendar-working-parties = Groupes de travail
calendar-questions = Questions
holds-body = { $body } : séances de cet organe, des organes supérieurs et subordonnés, et dates limites.
holds-all = { $group } : toutes les séances et dates limites.
holds-plenaries = { $group } : séances de l’ensemble, et dates limites.
holds-deadlines = { $group } : dates limites.
holds-meetings = { $group } : réunions, chacune du premier au dernier jour.
holds-meeting = { $group } : séances et dates limites d’une réunion.
holds-event = { $group } : une entrée d’une réunion.
holds-follow = Séances suivies ({ $what }), séances des organes supérieurs et subordonnés, et dates limites.
left-out-past = { $holds } Les entrées plus anciennes sont omises, car les calendriers n’acceptent pas de flux plus volumineux.
left-out-from = { $holds } Les entrées à partir du { $date } sont omises, car les calendriers n’acceptent pas de flux plus volumineux.

# What changed in an entry, and how it was before
change-in-list = { $place } : { $what }
differences = { $first } ; { $rest }
difference-new = ajout
difference-back = annonce rétablie
difference-gone = annonce retirée
difference-replaced = remplacement par une autre entrée
difference-cancelled = annulation
difference-postponed = report
difference-restored = a finalement lieu
difference-moved = déplacement, auparavant { $before }
difference-moved-room = déplacement, auparavant { $from }, salle { $room }
difference-until = fin modifiée, auparavant { $before }
difference-zone = changement de fuseau horaire, au même instant (auparavant { $before })
difference-moved-to = déplacement, désormais { $now }
difference-room = changement de salle, auparavant { $before }
difference-room-none = salle désormais indiquée
difference-place = changement de lieu, auparavant { $before }
difference-place-none = lieu désormais indiqué
difference-title = changement de titre, auparavant « { $before } »
difference-title-none = titre désormais indiqué
difference-chair = changement de présidence, auparavant { $before }
difference-chair-none = présidence désormais indiquée
difference-tentative = désormais provisoire
difference-provisional = l’horaire peut désormais changer
difference-confirmed = confirmation
difference-bodies = auparavant pour { $before }
difference-body-name = { $before } s’appelle désormais { $now }
difference-audience = auparavant réservé à { $before }
difference-audience-none = auparavant pour tous
difference-hours = horaire non annoncé auparavant
difference-assumed = ce qui est supposé de l’horaire a changé
difference-exact = l’horaire était approximatif
difference-about = l’horaire est désormais approximatif
difference-end-announced = heure de fin non annoncée auparavant
difference-end-unannounced = heure de fin désormais non annoncée
difference-unannounced = horaire désormais non annoncé
difference-usual = horaire habituel désormais indiqué
difference-unknown = plus aucun horaire indiqué
difference-link = lien pour participer
difference-dates = dates de la série
difference-feeds = dans d’autres calendriers qu’auparavant
difference-details = détails
difference-instance = { $when } : { $what }
difference-of-series = la série : { $what }

# Dates
date-and-hour = { $date } à { $hour }
dates = du { $first } au { $last }
