# convene's own words on pages, in French. Every file here has the same messages with the same variables; the English
# file says what each variable is. “To be confirmed” marks what was written from knowledge alone.

# Around every page
page-skip = Aller au contenu
page-groups = Tous les calendriers
page-way = Vous êtes ici
page-of-webmasters = Pour les webmestres
page-status = État du service
page-times = Heures indiquées : { $clock }, { $offset }.
page-times-alone = Heures indiquées : { $clock }.
page-own-times = Les heures de votre fuseau ({ $zone }) figurent à côté.
page-own-hour = votre heure locale
page-unreachable = Google et Outlook ne peuvent pas encore accéder à cette adresse.
page-unreachable-why = Google Agenda, Outlook.com et Microsoft 365 récupèrent les calendriers par Internet. Or les adresses commencent ici par { $address } et ne sont accessibles que depuis cet ordinateur ou ce réseau. Les logiciels de calendrier installés sur cet ordinateur fonctionnent dès maintenant. Pour les autres, démarrez convene avec une adresse publique :

# Dates
page-next-day = le lendemain
page-all-day = Toute la journée
page-today = Aujourd’hui

# The list of study groups
index-title = Calendriers
index-lead = Abonnez-vous une seule fois au calendrier de ce que vous suivez. Ses séances et dates limites sont ensuite mises à jour à chaque modification : vous avez toujours le bon horaire et la bonne salle.
index-empty = Aucun calendrier n’est disponible pour le moment.

# A study group
group-title = { $group } : réunions et calendriers
group-now = Réunion en cours
group-next = Prochaine réunion
group-none = Aucune réunion annoncée
group-none-text = Abonnez-vous dès maintenant : tout ce qui sera annoncé apparaîtra automatiquement dans votre calendrier.
group-last = Dernière réunion
group-begins = { $number ->
    [1] commence demain
    [one] commence dans { $number } jour
   *[other] commence dans { $number } jours
 }
group-day-of = jour { $number } sur { $all }
group-deadlines = Dates limites
group-deadlines-none = Aucune date limite à venir.
group-deadlines-all = Toutes les dates limites
group-subscribe-lead = Choisissez ce qui vous concerne. Un abonnement est mis à jour à chaque modification, contrairement à un fichier téléchargé.
group-whole = { $group } dans son ensemble
group-within = { $group } : groupes et Questions
group-plenary-questions = Questions relevant de la plénière
group-several = Plusieurs à la fois
group-several-text = Cochez ce que vous suivez pour obtenir une adresse unique.
group-meetings = Réunions
group-meetings-past = Réunions passées
group-changes = Modifications
group-changes-all = Toutes les modifications
group-closed = travaux achevés le { $date }

# Deadlines
due-left = { $number ->
    [0] aujourd’hui
    [1] demain
    [one] dans { $number } jour
   *[other] dans { $number } jours
 }
due-past = passée
due-recommended = date recommandée
due-past-list = { $number ->
    [one] { $number } date limite passée
   *[other] { $number } dates limites passées
 }

# A meeting and its timetable
meeting-first-day = à partir du { $date }
meeting-cancelled = Cette réunion est annulée.
meeting-postponed = Cette réunion est reportée. Ses nouvelles dates ne sont pas encore connues.
meeting-gone = Cette réunion ne figure plus au programme.
meeting-past = Cette réunion est terminée.
meeting-nothing = L’horaire des séances n’est pas encore annoncé.
meeting-nothing-text = Abonnez-vous dès maintenant : les séances apparaîtront dans votre calendrier à mesure qu’elles seront annoncées.
meeting-show = Afficher
meeting-show-all = Tout
meeting-only = Uniquement { $bodies } et les séances pour tous
meeting-subscribe = S’abonner à cette réunion
meeting-subscribe-lead = Ce calendrier ne porte que sur cette réunion. Pour suivre aussi les suivantes, abonnez-vous à un autre calendrier ({ $group }).
timetable-title = Horaire des séances
timetable-day-empty = Rien d’annoncé
timetable-moved = nouvel horaire
timetable-previously = auparavant : { $before }
timetable-parallel = en parallèle
timetable-sequential = successivement
timetable-more = { $number ->
    [one] { $number } autre semaine figure dans le calendrier.
   *[other] { $number } autres semaines figurent dans le calendrier.
 }
timetable-usual-text = Les heures en italique ne sont annoncées dans aucun document : ce sont des heures habituelles ou supposées.

# Menus of other programs, as they are called in this language. Written on 29 November 2026; to be confirmed in the programs themselves
-google-from-url = À partir de l’URL
-outlook-add-calendar = Ajouter un calendrier
-outlook-from-web = S’abonner à partir du web
-outlook-file = Fichier
-outlook-account-settings = Paramètres du compte
-outlook-internet-calendars = Calendriers Internet
-outlook-new = Nouveau
-thunderbird-new-calendar = Nouvel agenda
-thunderbird-on-network = Sur le réseau
-apple-every-hour = Toutes les heures

# Subscribing
subscribe-title = S’abonner
subscribe-of = S’abonner à « { $feed } »
subscribe-address = Adresse de ce calendrier
subscribe-copy = Copier
subscribe-copied = Copié
subscribe-press = Appuyez sur Ctrl+C (⌘C sur Mac)
subscribe-address-text = Valable pour tous les calendriers : collez-la là où le vôtre demande l’adresse (URL) d’un calendrier.
subscribe-apple = Calendrier Apple
subscribe-apple-text = Votre calendrier s’ouvre et vous propose de vous abonner. Le même lien fonctionne avec Thunderbird, GNOME et d’autres logiciels de cet appareil.
subscribe-apple-lag = À la fréquence choisie dans l’application, entre une fois toutes les 5 minutes et une fois par semaine. Choisissez « { -apple-every-hour } ».
subscribe-google = Google Agenda
subscribe-google-text = L’adresse est copiée et Google Agenda s’ouvre sur le web à la page « { -google-from-url } » : collez l’adresse à cet endroit. L’application mobile Google Agenda affiche ensuite aussi ce calendrier.
subscribe-google-direct = Ou en une seule étape, si Google l’accepte
subscribe-google-lag = De 4 à 24 heures après une modification. Google ne permet pas d’aller plus vite.
subscribe-outlook = Outlook.com
subscribe-outlook-text = Outlook s’ouvre avec l’adresse et le nom déjà remplis : il suffit de confirmer. Le nouvel Outlook pour Windows affiche aussi ce calendrier.
subscribe-microsoft = Microsoft 365
subscribe-microsoft-text = Même démarche avec un compte professionnel ou scolaire. Si votre organisation la bloque, copiez l’adresse, puis choisissez { -outlook-add-calendar } > { -outlook-from-web }.
subscribe-outlook-lag = Environ 3 heures après une modification, parfois plus d’une journée.
subscribe-classic = Outlook classique pour Windows
subscribe-classic-text = { -outlook-file } > { -outlook-account-settings } > { -outlook-account-settings } > { -outlook-internet-calendars } > { -outlook-new } : collez l’adresse.
subscribe-classic-lag = À chaque démarrage, puis toutes les 1 à 3 heures.
subscribe-thunderbird = Thunderbird
subscribe-thunderbird-text = { -thunderbird-new-calendar } > { -thunderbird-on-network } : collez l’adresse.
subscribe-thunderbird-lag = Toutes les 30 minutes.
subscribe-download = Télécharger un fichier
subscribe-download-text = Une copie du calendrier tel qu’il est aujourd’hui, à importer une seule fois. Elle ne sera pas mise à jour.
subscribe-download-lag = Jamais.
subscribe-what = Fonctionnement
subscribe-lag = Mise à jour
subscribe-qr = Ouvrez cette page sur votre téléphone
subscribe-qr-text = Scannez le code QR avec l’appareil photo, puis choisissez « Calendrier Apple » ou copiez l’adresse.
subscribe-more = Toutes les façons de s’abonner
subscribe-holds = Contenu
subscribe-language = Dans d’autres langues

# A feed
feed-ahead = À venir
feed-nothing = Rien n’est prévu dans ce calendrier.
feed-nothing-text = Ce qui sera annoncé apparaîtra ici et dans les calendriers des abonnés.
feed-seen = Mon calendrier est-il à jour ?
feed-seen-none = Aucun logiciel n’a consulté ce flux depuis le démarrage du service.
feed-seen-text = Dernière consultation de ce flux par les logiciels de chaque type, depuis le démarrage du service. Les personnes ne sont pas comptées.
feed-seen-release = Version actuelle : { $number }.
feed-seen-kind = Logiciel
feed-seen-at = Dernière consultation
feed-seen-version = Version
feed-seen-old = pas la plus récente
feed-forms = Autres formats
feed-atom = Modifications, pour les lecteurs de flux (Atom)
feed-json = Pour les webmestres (JSON)
feed-embed = Sur votre propre page

# Putting a calendar together
builder-title = Composez votre calendrier
builder-lead = Cochez ce que vous suivez. Vous obtenez une adresse unique pour l’ensemble. Votre sélection figure aussi dans la barre d’adresse : conservez cette adresse ou envoyez-la à vos collègues.
builder-audiences = Catégories de délégués
builder-audiences-text = Séances qui leur sont réservées.
builder-show = Afficher ce calendrier
builder-nothing = Rien n’est encore coché.
builder-nothing-text = Avec un groupe, vous suivez aussi les séances de ceux qui en relèvent et de ceux dont il relève.
builder-too-long = Votre sélection est trop longue pour une adresse. Cochez un groupe plutôt que tous ceux qui en relèvent.
builder-conflicts = { $number ->
    [0] Aucun chevauchement dans ce calendrier.
    [one] { $number } moment où il vous faudrait être à deux endroits à la fois :
   *[other] { $number } moments où il vous faudrait être à deux endroits à la fois :
 }
builder-in-parallel = { $bodies } se réunissent en parallèle ; la répartition horaire n’est pas annoncée
builder-count = { $number ->
    [0] Rien à venir pour l’instant.
    [one] { $number } entrée à venir.
   *[other] { $number } entrées à venir.
 }

# Changes
changes-title = { $group } : modifications
changes-lead = Toutes les modifications publiées, les plus récentes en premier. Les calendriers des abonnés se mettent à jour automatiquement.
changes-none = Aucune modification depuis la première annonce.
changes-new = { $number ->
    [one] { $number } nouvelle entrée
   *[other] { $number } nouvelles entrées
 }
changes-atom = Les mêmes informations pour un lecteur de flux :
changes-atom-text = Chaque calendrier a son propre flux : son adresse, avec .atom à la place de .ics.

# The status of the service
status-title = État du service
status-served = Version actuelle : { $number } (publiée le { $date }).
status-none = Aucune version n’a encore été publiée.
status-good = Tout fonctionne normalement.
status-errors = { $number ->
    [one] Les définitions contiennent { $number } erreur. La dernière version publiée reste en ligne.
   *[other] Les définitions contiennent { $number } erreurs. La dernière version publiée reste en ligne.
 }
status-folder = Le dossier des définitions ne peut pas être lu. La dernière version publiée reste en ligne.
status-ledger = Le registre n’est pas accessible en lecture ou en écriture. La dernière version publiée reste en ligne.
status-version = Le contenu en ligne a été produit par une autre version de convene que celle qui le diffuse ici : certains textes peuvent différer.
status-stale = Le contenu en ligne n’est plus tenu à jour en raison d’une défaillance de convene. De nouvelles tentatives sont en cours.
status-clock = L’horloge de cette machine est en retard sur la dernière version publiée : rien n’est publié tant que cela n’est pas corrigé. La dernière version publiée reste en ligne.
status-outdated = Une version plus récente de convene publie ici : celle-ci ne publie rien.
status-secret = Les adresses des délégués ne sont pas ici celles que donne la machine qui publie : le secret est différent.
status-part = Un élément de convene s’est arrêté en raison d’une défaillance. Il est relancé.

# For webmasters
embed-title = { $group } sur votre propre page
embed-lead = Copiez un extrait de code dans votre page. Il ne nécessite ni compte, ni compilation, ni script tiers, et ne peut pas modifier l’apparence de votre page.
embed-which = Calendrier choisi
embed-script = Horaire des séances, à hauteur automatique
embed-script-text = Un seul élément, à placer là où l’horaire doit apparaître. Il y insère un cadre dont la hauteur s’adapte toujours au contenu.
embed-iframe = Horaire des séances, sans script
embed-iframe-text = Un cadre dont vous choisissez la hauteur.
embed-button = Bouton d’abonnement
embed-button-text = Un simple lien, qui a l’apparence des liens de votre page.
embed-alternate = Pour les logiciels qui recherchent des calendriers
embed-alternate-text = À placer dans l’en-tête (head) de votre page.
embed-json = Pour votre propre présentation de l’horaire
embed-json-text = Toutes les données en JSON, accessibles depuis n’importe quelle page.
embed-preview = Aperçu
embed-language = Placez le code de langue avant « embed », comme dans { $address }, pour obtenir l’horaire dans cette langue.
embed-open = Horaire complet

# An address at which there is nothing
missing-title = Rien à cette adresse
missing-lead = L’adresse a peut-être été mal saisie, ou copiée en partie.
missing-meant = Vouliez-vous aller à l’une de ces pages ?
missing-revoked-title = Cette adresse privée n’est plus valable
missing-revoked-lead = Elle a été remplacée par une autre. Demandez la nouvelle au secrétariat.
