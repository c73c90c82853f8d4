# convene's own words in calendars, in Russian. Every file here has the same messages with the same variables.

# What stands before and behind a title in the list of a calendar
summary = { $group }: { $title }
summary-with-suffixes = { $group }: { $title } ({ $suffixes })
suffix-tentative = предварительно
suffix-provisional = время может измениться
suffix-usual = обычное время
suffix-open = окончание не объявлено
suffix-unknown = время не объявлено
suffix-about = время приблизительное
suffix-latest = может закончиться раньше
suffix-until = до { $hour }
suffix-after = после: { $title }
title-alone = { $title }
title-alone-with-suffixes = { $title } ({ $suffixes })
cancelled-title = Отменено: { $title }
postponed-title = Отложено: { $title }
list = { $first }, { $rest }
places = { $first }, { $rest }
with-title = { $body } ({ $title })

# What a session is called that has no title
kind-plenary = пленарное заседание
kind-working-party = собрание РГ
kind-question = собрание по Вопросу(ам)
kind-ad-hoc = собрание специальной группы
kind-management = руководящий состав
kind-registration = регистрация
kind-newcomers = сессия для новых участников
kind-workshop = семинар-практикум
kind-social = социальное мероприятие
kind-meeting = собрание
kind-break = перерыв
kind-other = заседание
title-of-bodies = { $bodies } — { $kind }

# Parts of the day
part-morning = первая половина дня
part-afternoon = вторая половина дня
part-evening = вечер

# Lines of a description
join = Подключиться: { $url }
join-label = Подключиться
online = в онлайн-режиме
join-elsewhere = Дистанционное участие: ссылка приведена в личных календарях участников ({ $audiences }).
cancelled-text = Отменено: { $reason }
postponed-text = Отложено: { $reason }
gone = Отменено: больше не объявляется.
changed = Изменено { $date }: { $what }
replaced = Заменено другой записью этого календаря о том же заседании.
moved = Перенесено (ранее: { $from }).
reason = Причина: { $reason }
day-and-part = { $date }, { $part }
tentative = Предварительно: может не состояться.
provisional = Состоится, но время может измениться.
tentative-dates = Даты предварительные.
provisional-dates = Собрание состоится, но его даты могут измениться.
hours-unknown = Время не объявлено.
chair = Председатель: { $chair }
hours-usual = Время: объявлена только часть дня ({ $part }). Указанное время ({ $start }–{ $end }) — обычные часы работы { $group }.
hours-usual-at-venue = Время: объявлена только часть дня ({ $part }). Указанное время ({ $start }–{ $end }) — обычные часы работы места проведения.
hours-start = Время: объявлено только начало ({ $start }). Указанное окончание ({ $end }) — обычное для этой части дня ({ $part }).
hours-start-alone = Время: объявлено только начало ({ $start }). Указанное окончание ({ $end }) — предположение.
hours-about = Время: приблизительное ({ $start }–{ $end }).
hours-about-start = Время: объявлено только приблизительное начало ({ $start }). Указанное окончание ({ $end }) — предположение.
hours-latest = Время: окончание не позднее { $end }.
hours-until = Время: объявлено только окончание ({ $end }).
hours-after = Время: после «{ $title }». Собственное время не объявлено.
hours-after-shown = Время: после «{ $title }». Собственное время не объявлено, указанное ({ $start }–{ $end }) — предположение.
bodies = Для: { $bodies }
parallel = Параллельно. Время отдельных собраний не объявлено.
sequential = Последовательно. Порядок и время отдельных собраний не объявлены.
audience-alone = Круг участников: { $audiences }
concerns = Круг адресатов: { $audiences }
recommended = Рекомендуется, но не обязательно.
how = Как: { $how }
where = Где: { $where }
contact = Для контактов: { $contact }
held-in = Язык: { $languages }
interpretation = Устный перевод: { $languages }
interpretation-offered = Обеспечивается устный перевод.
interpretation-on-request = Устный перевод: только по запросу
interpretation-on-request-into = Устный перевод: { $languages }, только по запросу
link = { $label }: { $url }
meeting = Собрание: { $title }
not-printed = В письме эта дата не указана.
letter = Источник: Коллективное письмо { $number }
letter-dated = Источник: Коллективное письмо { $number } от { $date }
timetable = Расписание с обновлениями: { $number }
agenda = Повестка дня: { $number }
homepage = Веб-страница: { $url }

# All-day entries
deadline = { $group } — предельный срок{ $hour }: { $title }
deadline-for = { $group } — предельный срок{ $hour }: { $title } ({ $audiences })
recommended-date = { $group } — рекомендуемая дата{ $hour }: { $title }
recommended-date-for = { $group } — рекомендуемая дата{ $hour }: { $title } ({ $audiences })
hour-in-zone = { $hour } { $zone }
closed = { $group }: работа { $body } завершена
closed-text = Работа { $body } завершена { $date }; на этом календарь заканчивается.
renamed = { $group }: { $former } теперь называется { $body }
renamed-text = { $former } теперь называется { $body }. Прежний адрес этого календаря также продолжает действовать.
no-session = { $group }: время для { $body } не объявлено
no-session-text = В документах собрания «{ $meeting }» отдельное заседание { $body } не предусмотрено. Если оно будет объявлено, оно появится в этом календаре.
nothing = { $group }: в этом календаре ничего не объявлено
nothing-text = В настоящее время не объявлено ничего, что относилось бы к этому календарю. Все объявленное появится здесь.

# Names of calendars, and what each holds
calendar = { $group }: { $what }
calendar-all = всё
calendar-plenaries = пленарные заседания
calendar-deadlines = предельные сроки
calendar-meetings = собрания
calendar-working-parties = Рабочие группы
calendar-questions = Вопросы
holds-body = Заседания { $body }, вышестоящих и нижестоящих органов, а также предельные сроки.
holds-all = Все заседания и предельные сроки { $group }.
holds-plenaries = Заседания { $group } в полном составе, а также предельные сроки.
holds-deadlines = Предельные сроки { $group }.
holds-meetings = Собрания { $group }, каждое — с первого по последний день.
holds-meeting = Заседания и предельные сроки одного собрания { $group }.
holds-event = Одна запись, относящаяся к собранию { $group }.
holds-follow = Заседания выбранных, вышестоящих и нижестоящих органов, а также предельные сроки. Выбрано — { $what }.
left-out-past = { $holds } Более ранние записи не включены, поскольку календари не принимают больший объем данных.
left-out-from = { $holds } Записи начиная с { $date } не включены, поскольку календари не принимают больший объем данных.

# What changed in an entry, and how it was before
change-in-list = { $place }: { $what }
differences = { $first }; { $rest }
difference-new = добавлено
difference-back = объявлено вновь
difference-gone = больше не объявляется
difference-replaced = заменено другой записью
difference-cancelled = отменено
difference-postponed = отложено
difference-restored = все же состоится
difference-moved = перенесено (ранее: { $before })
difference-moved-room = перенесено (ранее: { $from }, зал: { $room })
difference-until = прежнее окончание: { $before }
difference-zone = другой часовой пояс, тот же момент времени (ранее: { $before })
difference-moved-to = перенесено (теперь: { $now })
difference-room = прежний зал: { $before }
difference-room-none = указан зал
difference-place = прежнее место: { $before }
difference-place-none = указано место
difference-title = прежнее название: «{ $before }»
difference-title-none = указано название
difference-chair = прежний председатель: { $before }
difference-chair-none = указан председатель
difference-tentative = теперь предварительно
difference-provisional = теперь время может измениться
difference-confirmed = подтверждено
difference-bodies = ранее для: { $before }
difference-body-name = { $before } теперь называется { $now }
difference-audience = ранее только для: { $before }
difference-audience-none = ранее для всех
difference-hours = ранее время не было объявлено
difference-assumed = изменилось предположение о времени
difference-exact = ранее время было приблизительным
difference-about = теперь время приблизительное
difference-end-announced = ранее время окончания не было объявлено
difference-end-unannounced = время окончания больше не объявляется
difference-unannounced = время больше не объявляется
difference-usual = теперь указано обычное время
difference-unknown = время больше не указано
difference-link = ссылка для участия
difference-dates = даты серии
difference-feeds = в других календарях, чем ранее
difference-details = подробности
difference-instance = { $when }: { $what }
difference-of-series = серия: { $what }

# Dates
date-and-hour = { $date }, { $hour }
dates = { $first } — { $last }
