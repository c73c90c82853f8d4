# convene's own words in calendars, in French. Every file here has the same messages with the same variables; the English
# file says what each variable is. “To be confirmed” marks what was written from knowledge alone.

# What stands before and behind a title in the list of a calendar
summary = { $group } : { $title }
summary-with-suffixes = { $group } : { $title } ({ $suffixes })
title-with-suffixes = { $title } ({ $suffixes })
suffix-tentative = à titre provisoire
suffix-provisional = horaire susceptible de changer
suffix-usual = horaire habituel, non annoncé
suffix-open = heure de fin non annoncée
suffix-unknown = heure non annoncée
suffix-month = jours non annoncés
suffix-first-day = dernier jour non annoncé
suffix-about = horaire approximatif
suffix-latest = peut finir plus tôt
suffix-until = jusqu’à { $time }
suffix-after = après { $title }
cancelled = Annulation : { $what }
postponed = Report : { $what }
with-title = { $body } ({ $title })

# Lists: short ones, those inside a sentence, those whose parts have commas, and the parts of a place
list = { $first }, { $rest }
list-and = { $all } et { $last }
list-long = { $first } ; { $rest }
places = { $first }, { $rest }

# A label and its value; a label whose value stands elsewhere on a page
labelled = { $label } : { $value }
label-alone = { $label } :

# What a session is called that has no title: alone, and with its bodies
kind-plenary = séance plénière
kind-plenary-of = { $bodies } – séance plénière
kind-working-party = réunion de groupe de travail
kind-working-party-of = { $number ->
    [one] { $bodies } – réunion du groupe de travail
   *[other] { $bodies } – réunion des groupes de travail
  }
kind-question = réunion relative à une Question
kind-question-of = { $number ->
    [one] { $bodies } – réunion relative à la Question
   *[other] { $bodies } – réunion relative aux Questions
  }
kind-ad-hoc = réunion ad hoc
kind-ad-hoc-of = { $bodies } – réunion ad hoc
kind-management = réunion de l’équipe de direction
kind-management-of = { $bodies } – réunion de l’équipe de direction
kind-registration = enregistrement
kind-registration-of = { $bodies } – enregistrement
kind-newcomers = séance pour les nouveaux participants
kind-newcomers-of = { $bodies } – séance pour les nouveaux participants
kind-workshop = atelier
kind-workshop-of = { $bodies } – atelier
kind-social = activité sociale
kind-social-of = { $bodies } – activité sociale
kind-meeting = réunion
kind-meeting-of = { $bodies } – réunion
kind-break = pause
kind-break-of = { $bodies } – pause
kind-other = séance
kind-other-of = { $bodies } – séance

# Parts of the day
part-morning = matin
part-afternoon = après-midi
part-evening = soir

# Labels of the lines of a description, and of the same facts on pages
label-join = Participer
label-reason = Motif
label-bodies = Pour
label-audience = Uniquement pour
label-concerns = Concerne
label-chair = Présidence
label-room = Salle
label-place = Lieu
label-how = Modalités
label-web = Adresse web
label-contact = Contact
label-language = Langue
label-interpretation = Interprétation
label-links = Liens
label-note = Remarque
label-meeting = Réunion
label-source = Source
label-timetable = Horaire des séances, avec mises à jour
label-agenda = Ordre du jour
label-homepage = Page d’accueil

# Lines of a description
online = en ligne
join-elsewhere = Participation à distance : le lien figure dans les calendriers privés suivants ({ $audiences }).
gone = Annulation : ne figure plus au programme annoncé.
changed = Modification du { $date } : { $what }
replaced = Une autre entrée de ce calendrier remplace celle-ci pour la même séance.
moved = Changement de date ou d’heure (auparavant : { $before }).
not-on = Pas le { $date } : { $what }
day-and-part = { $date }, { $part }
tentative = Provisoire : pourrait ne pas avoir lieu.
provisional = A bien lieu, mais l’horaire peut changer.
tentative-dates = Les dates sont provisoires.
dates-month = Dates : seul le mois est annoncé.
dates-first-day = Dates : seul le premier jour est annoncé.
provisional-dates = La réunion a bien lieu, mais ses dates peuvent changer.
hours-unknown = L’heure n’est pas annoncée.
hours-usual = Horaire : la seule indication annoncée est « { $part } ». Les heures affichées ({ $start } – { $end }) sont les heures habituelles ({ $group }).
hours-usual-at-venue = Horaire : la seule indication annoncée est « { $part } ». Les heures affichées ({ $start } – { $end }) sont les heures habituelles du lieu.
hours-start = Horaire : seul le début ({ $start }) est annoncé. La fin affichée ({ $end }) est l’heure de fin habituelle ({ $part }).
hours-start-alone = Horaire : seul le début ({ $start }) est annoncé. La fin affichée ({ $end }) est une supposition.
hours-about = Horaire : approximatif ({ $start } – { $end }).
hours-about-start = Horaire : seul le début approximatif ({ $start }) est annoncé. La fin affichée ({ $end }) est une supposition.
hours-latest = Horaire : fin à { $end } au plus tard.
hours-until = Horaire : seule la fin ({ $end }) est annoncée.
hours-after = Horaire : après « { $title } ». Ses propres heures ne sont pas annoncées.
hours-after-shown = Horaire : après « { $title } ». Ses propres heures ne sont pas annoncées : celles qui sont affichées ({ $start } – { $end }) sont une supposition.
parallel = En parallèle. La répartition horaire n’est pas annoncée.
sequential = Successivement. Ni l’ordre ni les horaires respectifs ne sont annoncés.
recommended = Date recommandée, non obligatoire.
interpretation-provided = assurée
interpretation-on-request = uniquement sur demande
interpretation-into-on-request = { $languages }, uniquement sur demande
not-printed = Cette date ne figure pas dans la Lettre collective.
letter = Lettre collective { $number }
letter-dated = Lettre collective { $number } du { $date }

# Deadlines: without and with a time, for all and for some
deadline = { $group }, date limite : { $title }
deadline-for = { $group }, date limite : { $title } ({ $audiences })
deadline-at = { $group }, date limite ({ $time }) : { $title }
deadline-at-for = { $group }, date limite ({ $time }) : { $title } ({ $audiences })
recommended-date = { $group }, date recommandée : { $title }
recommended-date-for = { $group }, date recommandée : { $title } ({ $audiences })
recommended-date-at = { $group }, date recommandée ({ $time }) : { $title }
recommended-date-at-for = { $group }, date recommandée ({ $time }) : { $title } ({ $audiences })

# What a calendar says about itself
closed = { $group } : { $body } – fin des travaux
closed-text = { $body } : les travaux ont pris fin le { $date }. Ce calendrier s’arrête ici.
renamed = { $group } : { $former } devient { $body }
renamed-text = { $former } s’appelle désormais { $body }. L’ancienne adresse de ce calendrier reste valable.
no-session = { $group } : { $body } – pas d’horaire annoncé
no-session-text = Les documents de « { $meeting } » ne prévoient pas de séance distincte ({ $body }). Si une séance est annoncée, elle apparaîtra dans ce calendrier.
nothing = { $group } : rien d’annoncé dans ce calendrier
nothing-text = Pour le moment, aucune annonce ne concerne ce calendrier. Toute nouvelle annonce apparaîtra ici.

# Names of calendars, and what each holds
calendar = { $group } : { $what }
calendar-all = toutes les séances et dates limites
calendar-plenaries = séances plénières
calendar-deadlines = dates limites
calendar-meetings = dates des réunions
calendar-working-parties = Groupes de travail
calendar-questions = Questions
holds-body = { $body } : séances correspondantes, séances des groupes de niveau supérieur ou inférieur, et dates limites.
holds-all = { $group } : toutes les séances et dates limites.
holds-plenaries = { $group } : séances du groupe dans son ensemble, et dates limites.
holds-deadlines = { $group } : dates limites.
holds-meetings = { $group } : réunions, chacune du premier au dernier jour.
holds-meeting = { $group } : séances et dates limites d’une réunion.
holds-event = { $group } : une entrée d’une réunion.
holds-follow = Sélection : { $what }. Séances correspondantes, séances des groupes de niveau supérieur ou inférieur, et dates limites.
left-out-past = { $holds } Les entrées plus anciennes sont omises, car les logiciels de calendrier n’acceptent pas de flux plus volumineux.
left-out-from = { $holds } Les entrées à partir du { $date } sont omises, car les logiciels de calendrier n’acceptent pas de flux plus volumineux.

# What changed in an entry: each says what changed, and in brackets what it was
difference-new = ajout
difference-back = de nouveau au programme
difference-gone = retrait du programme
difference-replaced = remplacement par une autre entrée
difference-cancelled = annulation
difference-postponed = report
difference-restored = a finalement lieu
difference-moved = changement de date ou d’heure (auparavant : { $before })
difference-moved-room = changement de date ou d’heure et de salle (auparavant : { $before }, { $room })
difference-until = changement de l’heure de fin (auparavant : { $before })
difference-zone = changement de fuseau horaire, sans décalage réel (auparavant : { $before })
difference-moved-to = changement de date ou d’heure (désormais : { $now })
difference-room = changement de salle (auparavant : { $before })
difference-room-none = salle désormais annoncée
difference-place = changement de lieu (auparavant : { $before })
difference-place-none = lieu désormais annoncé
difference-title = changement de titre (auparavant : « { $before } »)
difference-title-none = titre désormais annoncé
difference-chair = changement de présidence (auparavant : { $before })
difference-chair-none = présidence désormais annoncée
difference-tentative = désormais à titre provisoire
difference-provisional = horaire désormais susceptible de changer
difference-confirmed = confirmation
difference-bodies = changement des groupes concernés (auparavant : { $before })
difference-body-name = { $before } s’appelle désormais { $now }
difference-audience = changement des participants (auparavant, uniquement : { $before })
difference-audience-none = changement des participants (auparavant : tous)
difference-hours = horaire désormais annoncé
difference-days-known = jours désormais annoncés
difference-last-day-known = dernier jour désormais annoncé
difference-start-announced = heure de début désormais annoncée
difference-end-alone = seule l’heure de fin est désormais annoncée
difference-assumed = changement de l’horaire supposé
difference-exact = horaire exact désormais annoncé
difference-about = horaire désormais approximatif
difference-end-announced = heure de fin désormais annoncée
difference-end-unannounced = heure de fin désormais non annoncée
difference-unannounced = horaire désormais non annoncé
difference-usual = désormais affiché à l’horaire habituel
difference-unknown = désormais affiché sans horaire
difference-link = lien pour participer modifié
difference-dates = dates de la série modifiées
difference-feeds = figure désormais dans d’autres calendriers
difference-details = détails modifiés
difference-instance = { $what } ({ $when })
difference-of-series = série : { $what }

# Dates and times
date-and-time = { $date } à { $time }
dates = du { $first } au { $last }
dates-in-month = { $first-day }–{ $last }
time-at-place = { $time } à { $place }
time-in-zone = { $time }, fuseau { $zone }
time-utc = { $time } UTC
time-anywhere = { $time } partout sur Terre
times-on-clock = { $start } – { $end }, { $clock }
clock-of-place = heure locale ({ $place })
clock-of-zone = fuseau { $zone }
clock-utc = UTC
clock-anywhere = heure « partout sur Terre » (UTC−12)

# Languages
language-ar = arabe
language-en = anglais
language-es = espagnol
language-fr = français
language-ru = russe
language-zh = chinois
