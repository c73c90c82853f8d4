# convene's own words in calendars, in Spanish. Every file here has the same messages with the same variables; the English
# file says what each variable is. “To be confirmed” marks what was written from knowledge alone.

# What stands before and behind a title in the list of a calendar
summary = { $group }: { $title }
summary-with-suffixes = { $group }: { $title } ({ $suffixes })
title-with-suffixes = { $title } ({ $suffixes })
suffix-tentative = provisional
suffix-provisional = horario sujeto a cambios
suffix-usual = horario habitual, no anunciado
suffix-open = hora de fin no anunciada
suffix-unknown = hora no anunciada
suffix-month = días no anunciados
suffix-first-day = último día no anunciado
suffix-about = horario aproximado
suffix-latest = puede terminar antes
suffix-until = hasta: { $time }
suffix-after = después de { $title }
cancelled = Cancelación: { $what }
postponed = Aplazamiento: { $what }
with-title = { $body } ({ $title })

# Lists: short ones, those inside a sentence, those whose parts have commas, and the parts of a place
list = { $first }, { $rest }
list-and = { $all } y { $last }
list-long = { $first }; { $rest }
places = { $first }, { $rest }

# A label and its value; a label whose value stands elsewhere on a page
labelled = { $label }: { $value }
label-alone = { $label }:

# What a session is called that has no title: alone, and with its bodies
kind-plenary = sesión plenaria
kind-plenary-of = { $bodies } – sesión plenaria
kind-working-party = reunión de Grupo de Trabajo
kind-working-party-of = { $number ->
    [one] { $bodies } – reunión del Grupo de Trabajo
   *[other] { $bodies } – reunión de los Grupos de Trabajo
  }
kind-question = reunión de una Cuestión
kind-question-of = { $number ->
    [one] { $bodies } – reunión de la Cuestión
   *[other] { $bodies } – reunión de las Cuestiones
  }
kind-ad-hoc = reunión ad hoc
kind-ad-hoc-of = { $bodies } – reunión ad hoc
kind-management = reunión del equipo de dirección
kind-management-of = { $bodies } – reunión del equipo de dirección
kind-registration = inscripción
kind-registration-of = { $bodies } – inscripción
kind-newcomers = sesión para nuevos participantes
kind-newcomers-of = { $bodies } – sesión para nuevos participantes
kind-workshop = taller
kind-workshop-of = { $bodies } – taller
kind-social = acto social
kind-social-of = { $bodies } – acto social
kind-meeting = reunión
kind-meeting-of = { $bodies } – reunión
kind-break = pausa
kind-break-of = { $bodies } – pausa
kind-other = sesión
kind-other-of = { $bodies } – sesión

# Parts of the day
part-morning = mañana
part-afternoon = tarde
part-evening = noche

# Labels of the lines of a description, and of the same facts on pages
label-join = Participar
label-reason = Motivo
label-bodies = Para
label-audience = Solo para
label-concerns = Concierne a
label-chair = Presidencia
label-room = Sala
label-place = Lugar
label-how = Procedimiento
label-web = Dirección web
label-contact = Contacto
label-language = Idioma
label-interpretation = Interpretación
label-links = Enlaces
label-note = Nota
label-meeting = Reunión
label-source = Fuente
label-timetable = Horario de las sesiones, con actualizaciones
label-agenda = Orden del día
label-homepage = Página web

# Lines of a description
online = en línea
join-elsewhere = Participación a distancia: el enlace figura en los calendarios privados ({ $audiences }).
gone = Cancelación: ya no figura en el programa anunciado.
changed = Modificado el { $date }: { $what }
replaced = Otra entrada de este calendario sustituye a esta para la misma sesión.
moved = Nueva fecha u hora (antes: { $before }).
not-on = No el { $date }: { $what }
day-and-part = { $date } por la { $part }
tentative = Provisional: puede que no se celebre.
provisional = Se celebra, pero el horario puede cambiar.
tentative-dates = Las fechas son provisionales.
dates-month = Fechas: solo se ha anunciado el mes.
dates-first-day = Fechas: solo se ha anunciado el primer día.
provisional-dates = La reunión se celebra, pero sus fechas pueden cambiar.
hours-unknown = No se ha anunciado la hora.
hours-usual = Horario: solo se ha anunciado que es por la { $part }. Las horas indicadas ({ $start }–{ $end }) son las habituales ({ $group }).
hours-usual-at-venue = Horario: solo se ha anunciado que es por la { $part }. Las horas indicadas ({ $start }–{ $end }) son las habituales del lugar.
hours-start = Horario: solo se ha anunciado la hora de inicio ({ $start }). La hora de fin indicada ({ $end }) es la habitual de la { $part }.
hours-start-alone = Horario: solo se ha anunciado la hora de inicio ({ $start }). La hora de fin indicada ({ $end }) es una suposición.
hours-about = Horario: aproximado ({ $start }–{ $end }).
hours-about-start = Horario: solo se ha anunciado la hora de inicio aproximada ({ $start }). La hora de fin indicada ({ $end }) es una suposición.
hours-latest = Hora de fin (a más tardar): { $end }.
hours-until = Horario: solo se ha anunciado la hora de fin ({ $end }).
hours-after = Horario: después de «{ $title }». No se han anunciado sus propias horas.
hours-after-shown = Horario: después de «{ $title }». No se han anunciado sus propias horas: las indicadas ({ $start }–{ $end }) son una suposición.
parallel = En paralelo. No se ha anunciado cuándo se celebra cada reunión.
sequential = Una tras otra. No se han anunciado el orden ni el horario de cada reunión.
recommended = Fecha recomendada, no obligatoria.
interpretation-provided = se facilitará
interpretation-on-request = solo previa solicitud
interpretation-into-on-request = { $languages }, solo previa solicitud
not-printed = Esta fecha no figura en la Carta Colectiva.
letter = Carta Colectiva { $number }
letter-dated = Carta Colectiva { $number }, de { $date }

# Deadlines: without and with a time, for all and for some
deadline = { $group }, plazo: { $title }
deadline-for = { $group }, plazo: { $title } ({ $audiences })
deadline-at = { $group }, plazo ({ $time }): { $title }
deadline-at-for = { $group }, plazo ({ $time }): { $title } ({ $audiences })
recommended-date = { $group }, fecha recomendada: { $title }
recommended-date-for = { $group }, fecha recomendada: { $title } ({ $audiences })
recommended-date-at = { $group }, fecha recomendada ({ $time }): { $title }
recommended-date-at-for = { $group }, fecha recomendada ({ $time }): { $title } ({ $audiences })

# What a calendar says about itself
closed = { $group }: { $body } – fin de los trabajos
closed-text = { $body }: los trabajos concluyeron el { $date }. Este calendario termina aquí.
renamed = { $group }: { $former } es ahora { $body }
renamed-text = { $former } se denomina ahora { $body }. La antigua dirección de este calendario sigue siendo válida.
no-session = { $group }: { $body } – sin hora anunciada
no-session-text = Los documentos de «{ $meeting }» no prevén ninguna sesión propia ({ $body }). Si se anuncia alguna, aparecerá en este calendario.
nothing = { $group }: nada anunciado en este calendario
nothing-text = Por el momento no se ha anunciado nada para este calendario. Las nuevas entradas aparecerán aquí.

# Names of calendars, and what each holds
calendar = { $group }: { $what }
calendar-all = todas las sesiones y todos los plazos
calendar-plenaries = sesiones plenarias
calendar-deadlines = plazos
calendar-meetings = fechas de las reuniones
calendar-working-parties = Grupos de Trabajo
calendar-questions = Cuestiones
holds-body = { $body }: sus sesiones, las de los grupos de nivel superior e inferior, y los plazos.
holds-all = { $group }: todas las sesiones y todos los plazos.
holds-plenaries = { $group }: sesiones del grupo en su conjunto, y plazos.
holds-deadlines = { $group }: plazos.
holds-meetings = { $group }: reuniones, cada una desde el primer día hasta el último.
holds-meeting = { $group }: sesiones y plazos de una reunión.
holds-event = { $group }: una entrada de una reunión.
holds-follow = Selección: { $what }. Sus sesiones, las de los grupos de nivel superior e inferior, y los plazos.
left-out-past = { $holds } Se omiten las entradas más antiguas porque los programas de calendario no admiten calendarios de mayor tamaño.
left-out-from = { $holds } Se omiten las entradas a partir del { $date } porque los programas de calendario no admiten calendarios de mayor tamaño.

# What changed in an entry: each says what changed, and in brackets what it was
difference-new = entrada nueva
difference-back = de nuevo en el programa
difference-gone = ya no figura en el programa
difference-replaced = sustitución por otra entrada
difference-cancelled = cancelación
difference-postponed = aplazamiento
difference-restored = finalmente se celebra
difference-moved = nueva fecha u hora (antes: { $before })
difference-moved-room = nueva fecha u hora y nueva sala (antes: { $before }, { $room })
difference-until = nueva hora de fin (antes: { $before })
difference-zone = nuevo huso horario, pero el mismo momento (antes: { $before })
difference-moved-to = nueva fecha u hora (ahora: { $now })
difference-room = nueva sala (antes: { $before })
difference-room-none = sala anunciada
difference-place = nuevo lugar (antes: { $before })
difference-place-none = lugar anunciado
difference-title = nuevo título (antes: «{ $before }»)
difference-title-none = título anunciado
difference-chair = nueva presidencia (antes: { $before })
difference-chair-none = presidencia anunciada
difference-tentative = ahora con carácter provisional
difference-provisional = ahora con horario sujeto a cambios
difference-confirmed = confirmación
difference-bodies = otros grupos (antes: { $before })
difference-body-name = { $before } se denomina ahora { $now }
difference-audience = otros participantes (antes, solo: { $before })
difference-audience-none = otros participantes (antes: todos)
difference-hours = horario anunciado
difference-days-known = días anunciados
difference-last-day-known = último día anunciado
difference-start-announced = hora de inicio anunciada
difference-end-alone = ahora solo se anuncia la hora de fin
difference-assumed = cambio del horario supuesto
difference-exact = horario exacto anunciado
difference-about = ahora con horario aproximado
difference-end-announced = hora de fin anunciada
difference-end-unannounced = hora de fin ya no anunciada
difference-unannounced = horario ya no anunciado
difference-usual = ahora se muestra el horario habitual
difference-unknown = ahora se muestra sin horario
difference-link = enlace para participar modificado
difference-dates = fechas de la serie modificadas
difference-feeds = figura ahora en otros calendarios
difference-details = detalles modificados
difference-instance = { $what } ({ $when })
difference-of-series = serie: { $what }

# Dates and times
date-and-time = { $date }, { $time }
dates = del { $first } al { $last }
dates-in-month = { $first-day }–{ $last }
time-at-place = { $time }, hora de { $place }
time-in-zone = { $time }, huso { $zone }
time-utc = { $time } UTC
time-anywhere = { $time } en cualquier lugar de la Tierra
times-on-clock = { $start }–{ $end }, { $clock }
clock-of-place = hora de { $place }
clock-of-zone = huso { $zone }
clock-utc = UTC
clock-anywhere = hora «en cualquier lugar de la Tierra» (UTC−12)

# Languages
language-ar = árabe
language-en = inglés
language-es = español
language-fr = francés
language-ru = ruso
language-zh = chino
