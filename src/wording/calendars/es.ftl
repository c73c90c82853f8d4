# convene's own words in calendars, in Spanish. Every file here has the same messages with the same variables.

# What stands before and behind a title in the list of a calendar
summary = { $group }: { $title }
summary-with-suffixes = { $group }: { $title } ({ $suffixes })
suffix-tentative = provisional
suffix-provisional = horario sujeto a cambios
suffix-usual = horario habitual
suffix-open = fin no anunciado
suffix-unknown = hora no anunciada
suffix-about = horario aproximado
suffix-latest = puede terminar antes
suffix-until = hasta las { $hour }
suffix-after = después de { $title }
title-alone = { $title }
title-alone-with-suffixes = { $title } ({ $suffixes })
cancelled-title = Cancelado: { $title }
postponed-title = Aplazado: { $title }
list = { $first }, { $rest }
places = { $first }, { $rest }
with-title = { $body } ({ $title })

# What a session is called that has no title
kind-plenary = sesión plenaria
kind-working-party = reunión de Grupo de Trabajo
kind-question = reunión de Cuestión
kind-ad-hoc = reunión ad hoc
kind-management = equipo de dirección
kind-registration = inscripción
kind-newcomers = sesión para nuevos participantes
kind-workshop = taller
kind-social = acto social
kind-meeting = reunión
kind-break = pausa
kind-other = sesión
title-of-bodies = { $bodies } – { $kind }

# Parts of the day
part-morning = mañana
part-afternoon = tarde
part-evening = noche

# Lines of a description
join = Participar: { $url }
join-label = Participar
online = en línea
join-elsewhere = Participación a distancia: el enlace figura en los calendarios privados ({ $audiences }).
cancelled-text = Cancelado: { $reason }
postponed-text = Aplazado: { $reason }
gone = Cancelado: ya no se anuncia.
changed = Cambio del { $date }: { $what }
replaced = Otra entrada de este calendario sustituye a esta para la misma sesión.
moved = Nueva fecha u hora (antes: { $from }).
reason = Motivo: { $reason }
day-and-part = { $date } por la { $part }
tentative = Provisional: puede que no se celebre.
provisional = Se celebra, pero el horario puede cambiar.
tentative-dates = Las fechas son provisionales.
provisional-dates = La reunión se celebra, pero sus fechas pueden cambiar.
hours-unknown = No se ha anunciado la hora.
chair = Presidencia: { $chair }
hours-usual = Horario: solo se ha anunciado que es por la { $part }. Las horas indicadas ({ $start }–{ $end }) son las habituales de { $group }.
hours-usual-at-venue = Horario: solo se ha anunciado que es por la { $part }. Las horas indicadas ({ $start }–{ $end }) son las habituales del lugar.
hours-start = Horario: solo se ha anunciado la hora de inicio ({ $start }). La hora de finalización indicada ({ $end }) es la habitual de la { $part }.
hours-start-alone = Horario: solo se ha anunciado la hora de inicio ({ $start }). La hora de finalización indicada ({ $end }) es una suposición.
hours-about = Horario: aproximado ({ $start }–{ $end }).
hours-about-start = Horario: solo se ha anunciado la hora de inicio aproximada ({ $start }). La hora de finalización indicada ({ $end }) es una suposición.
hours-latest = Horario: termina a las { $end } a más tardar.
hours-until = Horario: solo se ha anunciado la hora de finalización ({ $end }).
hours-after = Horario: después de «{ $title }». No se han anunciado sus propias horas.
hours-after-shown = Horario: después de «{ $title }». No se han anunciado sus propias horas: las indicadas ({ $start }–{ $end }) son una suposición.
bodies = Para: { $bodies }
parallel = En paralelo. No se ha anunciado cuándo se celebra cada reunión.
sequential = Una tras otra. No se han anunciado el orden ni el horario de cada reunión.
audience-alone = Destinatarios: { $audiences }
concerns = Concierne a: { $audiences }
recommended = Recomendado, no obligatorio.
how = Cómo: { $how }
where = Dónde: { $where }
contact = Contacto: { $contact }
held-in = Idioma: { $languages }
interpretation = Interpretación: { $languages }
interpretation-offered = Se ofrece interpretación.
interpretation-on-request = Interpretación: solo previa solicitud
interpretation-on-request-into = Interpretación: { $languages }, solo previa solicitud
link = { $label }: { $url }
meeting = Reunión: { $title }
not-printed = Esta fecha no figura en la carta colectiva.
letter = Fuente: carta colectiva { $number }
letter-dated = Fuente: carta colectiva { $number } de fecha { $date }
timetable = Calendario de la reunión, con actualizaciones: { $number }
agenda = Orden del día: { $number }
homepage = Página web: { $url }

# All-day entries
deadline = { $group }, plazo{ $hour }: { $title }
deadline-for = { $group }, plazo{ $hour }: { $title } ({ $audiences })
recommended-date = { $group }, fecha recomendada{ $hour }: { $title }
recommended-date-for = { $group }, fecha recomendada{ $hour }: { $title } ({ $audiences })
hour-in-zone = { $hour } { $zone }
closed = { $group }: { $body } ha concluido
closed-text = { $body } concluyó el { $date }. Este calendario termina aquí.
renamed = { $group }: { $former } es ahora { $body }
renamed-text = { $former } se denomina actualmente { $body }. Este calendario se mantiene también en su antigua dirección.
no-session = { $group }: sin hora anunciada para { $body }
no-session-text = Los documentos de «{ $meeting }» no prevén ninguna sesión propia de { $body }. Si se anuncia alguna, aparecerá en este calendario.
nothing = { $group }: nada anunciado en este calendario
nothing-text = Por el momento no se ha anunciado nada que corresponda a este calendario. Lo que se anuncie aparecerá aquí.

# Names of calendars, and what each holds
calendar = { $group }: { $what }
calendar-all = todo
calendar-plenaries = sesiones plenarias
calendar-deadlines = plazos
calendar-meetings = reuniones
calendar-working-parties = Grupos de Trabajo
calendar-questions = Cuestiones
holds-body = Sesiones de { $body } y de sus órganos superiores e inferiores, y plazos.
holds-all = Todas las sesiones y los plazos de { $group }.
holds-plenaries = Sesiones de { $group } en su conjunto, y plazos.
holds-deadlines = Plazos de { $group }.
holds-meetings = Reuniones de { $group }, cada una desde el primer día hasta el último.
holds-meeting = Sesiones y plazos de una reunión de { $group }.
holds-event = Una entrada de una reunión de { $group }.
holds-follow = Sesiones de { $what } y de sus órganos superiores e inferiores, y plazos.
left-out-past = { $holds } Se omiten las entradas más antiguas porque los calendarios no admiten un canal de mayor tamaño.
left-out-from = { $holds } Se omiten las entradas a partir del { $date } porque los calendarios no admiten un canal de mayor tamaño.

# What changed in an entry, and how it was before
change-in-list = { $place }: { $what }
differences = { $first }; { $rest }
difference-new = entrada nueva
difference-back = se ha vuelto a anunciar
difference-gone = ya no se anuncia
difference-replaced = se ha sustituido por otra entrada
difference-cancelled = se ha cancelado
difference-postponed = se ha aplazado
difference-restored = finalmente se celebra
difference-moved = nueva fecha u hora (antes: { $before })
difference-moved-room = nueva fecha u hora y nueva sala (antes: { $from }, sala { $room })
difference-until = nuevo fin (antes: { $before })
difference-zone = nuevo huso horario, en el mismo instante (antes: { $before })
difference-moved-to = nueva fecha u hora (ahora: { $now })
difference-room = sala (antes: { $before })
difference-room-none = ahora se indica la sala
difference-place = lugar (antes: { $before })
difference-place-none = ahora se indica el lugar
difference-title = nuevo título (antes: «{ $before }»)
difference-title-none = ahora tiene título
difference-chair = presidencia (antes: { $before })
difference-chair-none = ahora se indica la presidencia
difference-tentative = ahora es provisional
difference-provisional = ahora el horario puede cambiar
difference-confirmed = se ha confirmado
difference-bodies = otros órganos (antes: { $before })
difference-body-name = { $before } se llama ahora { $now }
difference-audience = antes solo para { $before }
difference-audience-none = antes para todos
difference-hours = antes no se había anunciado el horario
difference-assumed = ha cambiado lo que se supone del horario
difference-exact = el horario era aproximado
difference-about = ahora el horario es aproximado
difference-end-announced = antes no se había anunciado la hora de fin
difference-end-unannounced = ya no se anuncia la hora de fin
difference-unannounced = ya no se anuncia el horario
difference-usual = ahora se muestra el horario habitual
difference-unknown = ya no se muestra ningún horario
difference-link = enlace para participar
difference-dates = fechas de la serie
difference-feeds = en calendarios distintos de los anteriores
difference-details = detalles
difference-instance = { $when }: { $what }
difference-of-series = la serie: { $what }

# Dates
date-and-hour = { $date }, { $hour }
dates = { $first } al { $last }
