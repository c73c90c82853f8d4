# convene's own words in calendars, in Russian. Every file here has the same messages with the same variables; the English
# file says what each variable is. “To be confirmed” marks what was written from knowledge alone.

# What stands before and behind a title in the list of a calendar
summary = { $group }: { $title }
summary-with-suffixes = { $group }: { $title } ({ $suffixes })
title-with-suffixes = { $title } ({ $suffixes })
suffix-tentative = предварительно
suffix-provisional = время может измениться
suffix-usual = обычное время, не объявлено
suffix-open = время окончания не объявлено
suffix-unknown = время не объявлено
suffix-month = дни не объявлены
suffix-first-day = последний день не объявлен
suffix-about = время приблизительное
suffix-latest = может закончиться раньше
suffix-until = до { $time }
suffix-after = после: { $title }
cancelled = Отменено: { $what }
postponed = Отложено: { $what }
with-title = { $body } ({ $title })

# Lists: short ones, those inside a sentence, those whose parts have commas, and the parts of a place
list = { $first }, { $rest }
list-and = { $all } и { $last }
list-long = { $first }; { $rest }
places = { $first }, { $rest }

# A label and its value; a label whose value stands elsewhere on a page
labelled = { $label }: { $value }
label-alone = { $label }:

# What a session is called that has no title: alone, and with its bodies
kind-plenary = пленарное заседание
kind-plenary-of = { $bodies } — пленарное заседание
kind-working-party = собрание рабочей группы
kind-working-party-of = { $number ->
    [one] { $bodies } — собрание рабочей группы
    [few] { $bodies } — собрание рабочих групп
    [many] { $bodies } — собрание рабочих групп
   *[other] { $bodies } — собрание рабочих групп
  }
kind-question = собрание по Вопросу
kind-question-of = { $number ->
    [one] { $bodies } — собрание по Вопросу
    [few] { $bodies } — собрание по Вопросам
    [many] { $bodies } — собрание по Вопросам
   *[other] { $bodies } — собрание по Вопросам
  }
kind-ad-hoc = собрание специальной группы
kind-ad-hoc-of = { $bodies } — собрание специальной группы
kind-management = собрание руководящего состава
kind-management-of = { $bodies } — собрание руководящего состава
kind-registration = регистрация
kind-registration-of = { $bodies } — регистрация
# To be confirmed
kind-newcomers = ознакомительная сессия для новых участников
kind-newcomers-of = { $bodies } — ознакомительная сессия для новых участников
kind-workshop = семинар-практикум
kind-workshop-of = { $bodies } — семинар-практикум
# To be confirmed
kind-social = неофициальное мероприятие
kind-social-of = { $bodies } — неофициальное мероприятие
kind-meeting = собрание
kind-meeting-of = { $bodies } — собрание
kind-break = перерыв
kind-break-of = { $bodies } — перерыв
kind-other = заседание
kind-other-of = { $bodies } — заседание

# Parts of the day
part-morning = первая половина дня
part-afternoon = вторая половина дня
part-evening = вечер

# Labels of the lines of a description, and of the same facts on pages
label-join = Подключиться
label-reason = Причина
label-bodies = Для
label-audience = Только для
label-concerns = Касается
label-chair = Председатель
label-room = Зал
label-place = Место
label-how = Порядок
label-web = Веб-адрес
label-contact = Для контактов
label-language = Язык
label-interpretation = Устный перевод
label-links = Ссылки
label-note = Примечание
label-meeting = Собрание
label-source = Источник
label-timetable = Расписание с обновлениями
label-agenda = Повестка дня
label-homepage = Веб-страница

# Lines of a description
online = в онлайн-режиме
join-elsewhere = Дистанционное участие: ссылка приведена в личных календарях участников ({ $audiences }).
gone = Отменено: больше не значится в объявленной программе.
changed = Изменено { $date }: { $what }
replaced = Заменено другой записью этого календаря о том же заседании.
moved = Перенесено (ранее: { $before }).
not-on = Не проводится { $date }: { $what }
day-and-part = { $date }, { $part }
tentative = Предварительно: может не состояться.
provisional = Состоится, но время может измениться.
tentative-dates = Даты предварительные.
dates-month = Даты: объявлен только месяц.
dates-first-day = Даты: объявлен только первый день.
provisional-dates = Собрание состоится, но его даты могут измениться.
hours-unknown = Время не объявлено.
hours-usual = Время: объявлена только часть дня ({ $part }). Указанное время ({ $start }–{ $end }) — обычное время заседаний { $group }.
hours-usual-at-venue = Время: объявлена только часть дня ({ $part }). Указанное время ({ $start }–{ $end }) — обычное время заседаний в месте проведения.
hours-start = Время: объявлено только начало ({ $start }). Указанное окончание ({ $end }) — обычное для этой части дня ({ $part }).
hours-start-alone = Время: объявлено только начало ({ $start }). Указанное окончание ({ $end }) — предположение.
hours-about = Время: приблизительное ({ $start }–{ $end }).
hours-about-start = Время: объявлено только приблизительное начало ({ $start }). Указанное окончание ({ $end }) — предположение.
hours-latest = Время: окончание не позднее { $end }.
hours-until = Время: объявлено только окончание ({ $end }).
hours-after = Время: после «{ $title }». Собственное время не объявлено.
hours-after-shown = Время: после «{ $title }». Собственное время не объявлено, указанное ({ $start }–{ $end }) — предположение.
parallel = Проводятся параллельно. Время отдельных собраний не объявлено.
sequential = Проводятся последовательно. Порядок и время отдельных собраний не объявлены.
recommended = Рекомендуемый срок, не обязательный.
interpretation-provided = обеспечивается
interpretation-on-request = только по запросу
interpretation-into-on-request = { $languages }, только по запросу
not-printed = В Коллективном письме эта дата не указана.
letter = Коллективное письмо { $number }
letter-dated = Коллективное письмо { $number } от { $date }

# Deadlines: without and with a time, for all and for some
deadline = { $group } — предельный срок: { $title }
deadline-for = { $group } — предельный срок: { $title } ({ $audiences })
deadline-at = { $group } — предельный срок ({ $time }): { $title }
deadline-at-for = { $group } — предельный срок ({ $time }): { $title } ({ $audiences })
recommended-date = { $group } — рекомендуемый срок: { $title }
recommended-date-for = { $group } — рекомендуемый срок: { $title } ({ $audiences })
recommended-date-at = { $group } — рекомендуемый срок ({ $time }): { $title }
recommended-date-at-for = { $group } — рекомендуемый срок ({ $time }): { $title } ({ $audiences })

# What a calendar says about itself
closed = { $group }: { $body } — работа завершена
closed-text = { $body }: работа завершена { $date }; на этом календарь заканчивается.
renamed = { $group }: { $former } теперь называется { $body }
renamed-text = { $former } теперь называется { $body }. Прежний адрес этого календаря продолжает действовать.
no-session = { $group }: { $body } — время не объявлено
no-session-text = В документах собрания «{ $meeting }» отдельное заседание не предусмотрено ({ $body }). Если оно будет объявлено, оно появится в этом календаре.
nothing = { $group }: в этом календаре ничего не объявлено
nothing-text = Для этого календаря пока ничего не объявлено. Новые записи появятся здесь.

# Names of calendars, and what each holds
calendar = { $group }: { $what }
calendar-all = все заседания и предельные сроки
calendar-plenaries = пленарные заседания
calendar-deadlines = предельные сроки
calendar-meetings = даты собраний
calendar-working-parties = Рабочие группы
calendar-questions = Вопросы
holds-body = { $body }: заседания, в том числе вышестоящих и нижестоящих групп, а также предельные сроки.
holds-all = Все заседания и предельные сроки { $group }.
holds-plenaries = Заседания { $group } в полном составе, а также предельные сроки.
holds-deadlines = Предельные сроки { $group }.
holds-meetings = Собрания { $group }, каждое — с первого по последний день.
holds-meeting = Заседания и предельные сроки одного собрания { $group }.
holds-event = Одна запись, относящаяся к собранию { $group }.
holds-follow = Выбрано: { $what }. Соответствующие заседания, заседания вышестоящих и нижестоящих групп, а также предельные сроки.
left-out-past = { $holds } Более ранние записи не включены, поскольку программы-календари не принимают больший объем данных.
left-out-from = { $holds } Записи начиная с { $date } не включены, поскольку программы-календари не принимают больший объем данных.

# What changed in an entry: each says what changed, and in brackets what it was
difference-new = добавлено
difference-back = снова в программе
difference-gone = больше не значится в программе
difference-replaced = заменено другой записью
difference-cancelled = отменено
difference-postponed = отложено
difference-restored = все же состоится
difference-moved = перенесено (ранее: { $before })
difference-moved-room = перенесено (ранее: { $before }, { $room })
difference-until = изменено время окончания (ранее: { $before })
difference-zone = изменен часовой пояс, но не момент времени (ранее: { $before })
difference-moved-to = перенесено (теперь: { $now })
difference-room = изменен зал (ранее: { $before })
difference-room-none = объявлен зал
difference-place = изменено место (ранее: { $before })
difference-place-none = объявлено место
difference-title = изменено название (ранее: «{ $before }»)
difference-title-none = объявлено название
difference-chair = сменился председатель (ранее: { $before })
difference-chair-none = объявлен председатель
difference-tentative = теперь предварительно
difference-provisional = теперь время может измениться
difference-confirmed = подтверждено
difference-bodies = изменен перечень групп (ранее: { $before })
difference-body-name = { $before } теперь называется { $now }
difference-audience = изменен круг участников (ранее только: { $before })
difference-audience-none = изменен круг участников (ранее: все)
difference-hours = объявлено время
difference-days-known = объявлены дни
difference-last-day-known = объявлен последний день
difference-start-announced = объявлено время начала
difference-end-alone = теперь объявлено только время окончания
difference-assumed = изменено предполагаемое время
difference-exact = объявлено точное время
difference-about = теперь время приблизительное
difference-end-announced = объявлено время окончания
difference-end-unannounced = время окончания больше не объявлено
difference-unannounced = время больше не объявлено
difference-usual = теперь указано обычное время
difference-unknown = теперь время не указано
difference-link = изменена ссылка для участия
difference-dates = изменены даты серии
difference-feeds = теперь в других календарях
difference-details = изменены подробности
difference-instance = { $what } ({ $when })
difference-of-series = серия: { $what }

# Dates and times
date-and-time = { $date }, { $time }
dates = { $first } — { $last }
dates-in-month = { $first-day }–{ $last }
time-at-place = { $time }, { $place }
time-in-zone = { $time }, часовой пояс { $zone }
time-utc = { $time } UTC
time-anywhere = { $time } в любой точке Земли
times-on-clock = { $start }–{ $end }, { $clock }
clock-of-place = местное время ({ $place })
clock-of-zone = часовой пояс { $zone }
clock-utc = UTC
clock-anywhere = время «в любой точке Земли» (UTC−12)

# Languages
language-ar = арабский
language-en = английский
language-es = испанский
language-fr = французский
language-ru = русский
language-zh = китайский
