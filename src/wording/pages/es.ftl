# convene's own words on pages, in Spanish. Every file here has the same messages with the same variables; the English
# file says what each variable is. “To be confirmed” marks what was written from knowledge alone.

# Around every page
page-skip = Ir al contenido
page-groups = Todos los calendarios
page-way = Está usted aquí
page-of-webmasters = Para administradores web
page-status = Estado del servicio
page-times = Todas las horas: { $clock } ({ $offset }).
page-times-alone = Todas las horas: { $clock }.
page-own-times = Junto a ellas figuran las horas en su huso horario ({ $zone }).
page-own-hour = su hora local
page-unreachable = Google y Outlook aún no pueden acceder a esta dirección.
page-unreachable-why = Google Calendar, Outlook.com y Microsoft 365 obtienen los calendarios a través de Internet, pero las direcciones de este servicio empiezan por { $address }, accesible solo desde este equipo o esta red. Los programas de calendario de este equipo ya funcionan. Para los demás, inicie convene con una dirección pública:

# Dates
page-next-day = día siguiente
page-all-day = Todo el día
page-today = Hoy

# The list of study groups
index-title = Calendarios
index-lead = Suscríbase una sola vez al calendario de lo que le interesa: las sesiones y los plazos se actualizarán con cada cambio, siempre con la hora y la sala correctas.
index-empty = Todavía no hay ningún calendario.

# A study group
group-title = { $group }: reuniones y calendarios
group-now = Reunión en curso
group-next = Próxima reunión
group-none = No hay ninguna reunión anunciada
group-none-text = Suscríbase ya: lo que se anuncie aparecerá automáticamente en su calendario.
group-last = Última reunión
group-begins = { $number ->
    [1] comienza mañana
    [one] comienza dentro de { $number } día
   *[other] comienza dentro de { $number } días
  }
group-day-of = día { $number } de { $all }
group-deadlines = Plazos
group-deadlines-none = No hay plazos pendientes.
group-deadlines-all = Todos los plazos
group-subscribe-lead = Elija lo que le interese. Las suscripciones reflejan automáticamente todos los cambios; los archivos descargados, no.
group-whole = { $group } en su conjunto
group-within = { $group }: grupos y Cuestiones
group-plenary-questions = Cuestiones que dependen directamente de la plenaria
group-several = Varios a la vez
group-several-text = Marque lo que le interesa y obtenga una única dirección para todo ello.
group-meetings = Reuniones
group-meetings-past = Reuniones anteriores
group-changes = Cambios
group-changes-all = Todos los cambios
group-closed = trabajos concluidos el { $date }

# Deadlines
due-left = { $number ->
    [0] hoy
    [1] mañana
    [one] queda { $number } día
   *[other] quedan { $number } días
  }
due-past = vencido
due-recommended = fecha recomendada
due-past-list = { $number ->
    [one] { $number } plazo vencido
   *[other] { $number } plazos vencidos
  }

# A meeting and its timetable
meeting-first-day = desde el { $date }
meeting-cancelled = Esta reunión se ha cancelado.
meeting-postponed = Esta reunión se ha aplazado. Aún no se conocen las nuevas fechas.
meeting-gone = Esta reunión ya no figura en el programa.
meeting-past = Esta reunión ha concluido.
meeting-nothing = Todavía no se ha anunciado el horario de las sesiones.
meeting-nothing-text = Suscríbase ya: las sesiones aparecerán en su calendario a medida que se anuncien.
meeting-show = Mostrar
meeting-show-all = Todo
meeting-only = Solo { $bodies } y las sesiones para todos
meeting-subscribe = Suscribirse a esta reunión
meeting-subscribe-lead = Este calendario contiene únicamente esta reunión. Para seguir también las siguientes, suscríbase a otro calendario ({ $group }).
timetable-title = Horario de las sesiones
timetable-day-empty = Nada anunciado
timetable-moved = nueva fecha u hora
timetable-previously = antes: { $before }
timetable-parallel = en paralelo
timetable-sequential = una tras otra
timetable-more = { $number ->
    [one] El calendario contiene { $number } semana más.
   *[other] El calendario contiene { $number } semanas más.
  }
timetable-usual-text = Las horas en cursiva no se han anunciado en ningún documento: son las habituales o una suposición.

# Menus of other programs, as they are called in this language. Written on 29 November 2026; to be confirmed in the programs themselves
-google-from-url = Desde URL
-outlook-add-calendar = Agregar calendario
-outlook-from-web = Suscribirse desde la web
-outlook-file = Archivo
-outlook-account-settings = Configuración de la cuenta
-outlook-internet-calendars = Calendarios de Internet
-outlook-new = Nuevo
-thunderbird-new-calendar = Nuevo calendario
-thunderbird-on-network = En la red
-apple-every-hour = Cada hora

# Subscribing
subscribe-title = Suscribirse
subscribe-of = Suscribirse a «{ $feed }»
subscribe-address = Dirección de este calendario
subscribe-copy = Copiar
subscribe-copied = Copiado
subscribe-press = Pulse Ctrl+C (⌘C en un Mac)
subscribe-address-text = Funciona con cualquier programa de calendario: péguela donde el suyo pida la dirección (URL) de un calendario.
subscribe-apple = Calendario de Apple
subscribe-apple-text = Se abre su calendario y le pregunta si desea suscribirse. El mismo enlace sirve para Thunderbird, GNOME y otros programas de este dispositivo.
subscribe-apple-lag = Con la frecuencia que elija en el programa, desde cada 5 minutos hasta una vez por semana. Elija «{ -apple-every-hour }».
subscribe-google = Google Calendar
subscribe-google-text = Se copia la dirección y se abre Google Calendar en la web, en «{ -google-from-url }»: péguela ahí. El calendario aparecerá también en la aplicación Google Calendar del teléfono.
subscribe-google-direct = O en un solo paso, si Google lo acepta
subscribe-google-lag = Entre 4 y 24 horas después de un cambio. Google no permite acelerarlo.
subscribe-outlook = Outlook.com
subscribe-outlook-text = Se abre Outlook con la dirección y el nombre ya introducidos: basta con confirmar. El calendario aparecerá también en el nuevo Outlook para Windows.
subscribe-microsoft = Microsoft 365
subscribe-microsoft-text = Lo mismo, con una cuenta profesional o educativa. Si su organización lo bloquea, copie la dirección y elija { -outlook-add-calendar } > { -outlook-from-web }.
subscribe-outlook-lag = Unas 3 horas después de un cambio; a veces, más de un día.
subscribe-classic = Outlook clásico para Windows
subscribe-classic-text = { -outlook-file } > { -outlook-account-settings } > { -outlook-account-settings } > { -outlook-internet-calendars } > { -outlook-new }: pegue la dirección.
subscribe-classic-lag = Cada vez que se inicia y, después, cada 1 a 3 horas.
subscribe-thunderbird = Thunderbird
subscribe-thunderbird-text = { -thunderbird-new-calendar } > { -thunderbird-on-network }: pegue la dirección.
subscribe-thunderbird-lag = Cada 30 minutos.
subscribe-download = Descargar archivo
subscribe-download-text = Una copia del calendario tal como está hoy, para importarla una sola vez. No refleja los cambios posteriores.
subscribe-download-lag = Nunca.
subscribe-what = Cómo funciona
subscribe-lag = Actualización
subscribe-qr = Abra esta página en su teléfono
subscribe-qr-text = Enfoque el código con la cámara y elija «Calendario de Apple», o copie la dirección.
subscribe-more = Todas las formas de suscribirse
subscribe-holds = Contenido
subscribe-language = En otros idiomas

# A feed
feed-ahead = Próximamente
feed-nothing = No hay próximas entradas en este calendario.
feed-nothing-text = Lo que se anuncie aparecerá aquí y en los calendarios de quienes estén suscritos.
feed-seen = ¿Se ha actualizado mi calendario?
feed-seen-none = Ningún programa ha consultado este calendario desde que se inició el servicio.
feed-seen-text = Última vez que los programas de cada tipo consultaron este calendario desde que se inició el servicio. No se contabilizan personas.
feed-seen-release = Versión actual: { $number }.
feed-seen-kind = Programa
feed-seen-at = Última consulta
feed-seen-version = Versión
feed-seen-old = no es la más reciente
feed-forms = Otros formatos
feed-atom = Cambios, para lectores de fuentes web (Atom)
feed-json = Para administradores web (JSON)
feed-embed = En su propia página

# Putting a calendar together
builder-title = Crear un calendario personalizado
builder-lead = Marque lo que le interese. Obtendrá una única dirección para todo ello. Su selección figura también en la barra de direcciones: guarde ese enlace o envíelo a un colega.
builder-audiences = Categorías de delegados
builder-audiences-text = Sesiones reservadas a ellos.
builder-show = Mostrar este calendario
builder-nothing = Todavía no ha marcado nada.
builder-nothing-text = Lo que marque incluye las sesiones de los grupos que dependen de él y de aquellos de los que depende.
builder-too-long = La selección no cabe en una dirección. Marque un grupo en lugar de todos los que dependen de él.
builder-conflicts = { $number ->
    [0] No hay coincidencias de horario.
    [one] En { $number } ocasión tendría que estar en dos lugares a la vez:
   *[other] En { $number } ocasiones tendría que estar en dos lugares a la vez:
  }
builder-in-parallel = { $bodies } se reúnen en paralelo; no se ha anunciado cuándo se celebra cada reunión
builder-count = { $number ->
    [0] No hay próximas entradas.
    [one] Hay { $number } próxima entrada.
   *[other] Hay { $number } próximas entradas.
  }

# Changes
changes-title = { $group }: cambios
changes-lead = Todos los cambios publicados, del más reciente al más antiguo. Los calendarios de los suscriptores se actualizan automáticamente.
changes-none = No ha habido cambios desde el primer anuncio.
changes-new = { $number ->
    [one] { $number } entrada nueva
   *[other] { $number } entradas nuevas
  }
changes-atom = Los mismos cambios, para lectores de fuentes web:
changes-atom-text = Cada calendario tiene su propia fuente web de cambios: la misma dirección, con .atom en lugar de .ics.

# The status of the service
status-title = Estado del servicio
status-served = Versión actual: { $number } (publicada el { $date }).
status-none = Todavía no se ha publicado ninguna versión.
status-good = Todo funciona correctamente.
status-errors = { $number ->
    [one] Las definiciones contienen { $number } error. Sigue en servicio lo último que se publicó.
   *[other] Las definiciones contienen { $number } errores. Sigue en servicio lo último que se publicó.
  }
status-folder = No se puede leer la carpeta de definiciones. Sigue en servicio lo último que se publicó.
status-ledger = No se puede leer el registro o escribir en él. Sigue en servicio lo último que se publicó.
status-version = Esta versión se generó con una versión de convene distinta de la que la distribuye: algunos textos pueden diferir.
status-stale = El contenido en servicio no se está actualizando debido a un fallo de convene. Se sigue intentando.
status-clock = El reloj de esta máquina está atrasado respecto de la última versión: no se publica nada hasta que se corrija. Sigue en servicio lo último que se publicó.
status-outdated = Aquí publica una versión más reciente de convene: esta no publica nada.
status-secret = Los delegados tienen aquí direcciones distintas de las que da la máquina que publica: el secreto es otro.
status-part = Una parte de convene se detuvo debido a un fallo. Se está iniciando de nuevo.

# For webmasters
embed-title = { $group } en su propia página
embed-lead = Copie un fragmento de código en su página. No requiere cuenta, compilación ni scripts de terceros, y no puede alterar el aspecto de su página.
embed-which = Calendario
embed-script = Horario de altura automática
embed-script-text = Un único elemento, que se coloca donde deba aparecer el horario. Inserta un marco y ajusta en todo momento su altura al contenido.
embed-iframe = Horario sin scripts
embed-iframe-text = Un marco con la altura que usted elija.
embed-button = Botón de suscripción
embed-button-text = Un simple enlace, con el mismo aspecto que los demás enlaces de su página.
embed-alternate = Para programas que buscan calendarios
embed-alternate-text = Se coloca en la cabecera (head) de su página.
embed-json = Para crear su propio horario
embed-json-text = Todos los datos en formato JSON, accesibles desde cualquier página.
embed-preview = Vista previa
embed-language = Para obtener el horario en otro idioma, ponga el código del idioma antes de «embed», como en { $address }.
embed-open = Horario completo

# An address at which there is nothing
missing-title = No hay nada en esta dirección
missing-lead = Quizá la dirección se escribió mal o se copió solo en parte.
missing-meant = ¿Buscaba una de estas páginas?
missing-revoked-title = Esta dirección privada ya no es válida
missing-revoked-lead = Se sustituyó por otra. Solicite la nueva a la secretaría.
