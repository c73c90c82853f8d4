# convene's own words on pages, in Russian. Every file here has the same messages with the same variables.

# Around every page
page-skip = Перейти к содержанию
page-groups = Все календари
page-way = Вы находитесь здесь
page-language = Язык
page-of-webmasters = Для веб-мастеров
page-status = Состояние сервиса
page-times = Время указано для часового пояса { $zone } ({ $offset }).
page-times-alone = Время указано для часового пояса { $zone }.
page-own-times = Рядом указано ваше местное время ({ $zone }).
page-own-hour = по вашему времени
page-unreachable = Этот адрес пока недоступен для Google и Outlook.
page-unreachable-why = Google Календарь, Outlook.com и Microsoft 365 загружают календари из интернета, а адреса здесь начинаются с { $address } и доступны только с этого компьютера или из этой сети. Программы-календари на этом компьютере уже могут ими пользоваться. Для остальных запустите convene с общедоступным адресом:

# Dates
page-dates = { $first } — { $last }
page-dates-in-month = { $first-day }–{ $last }
page-next-day = на следующий день
page-all-day = Весь день
page-today = Сегодня

# The list of study groups
index-title = Календари
index-lead = Подпишитесь один раз на нужный вам календарь. Заседания и предельные сроки будут обновляться в нем при каждом изменении: всегда верное время и верный зал.
index-empty = Пока нет ни одного календаря.

# A study group
group-title = { $group }: собрания и календари
group-homepage = Веб-страница
group-contact = Для контактов: { $contact }
group-now = Проходит сейчас
group-next = Следующее собрание
group-none = Объявленных собраний нет
group-none-text = Подпишитесь сейчас: все, что будет объявлено, автоматически появится в вашем календаре.
group-last = Последнее собрание
group-begins = { $number ->
    [1] начинается завтра
    [one] начинается через { $number } день
    [few] начинается через { $number } дня
    [many] начинается через { $number } дней
   *[other] начинается через { $number } дня
  }
group-day-of = день { $number } из { $all }
group-timetable = Расписание
group-deadlines = Предельные сроки
group-deadlines-none = Предстоящих предельных сроков нет.
group-deadlines-all = Все предельные сроки
group-subscribe = Подписка
group-subscribe-lead = Выберите то, что касается вас. Подписка автоматически отражает все изменения, загруженный файл — нет.
group-whole = { $group } в целом
group-within = В составе { $group }
group-plenary-questions = Вопросы, подотчетные пленарному заседанию
group-several = Несколько календарей сразу
group-several-text = Отметьте то, за чем следите, — и получите один адрес для всего.
group-several-link = Составить свой календарь
group-meetings = Собрания
group-meetings-past = Прошедшие собрания
group-changes = Что изменилось
group-changes-all = Все изменения
group-changes-none = С момента объявления ничего не изменилось.
group-closed = работа завершена { $date }

# Deadlines
due-left = { $number ->
    [0] сегодня
    [1] завтра
    [one] остался { $number } день
    [few] осталось { $number } дня
    [many] осталось { $number } дней
   *[other] осталось { $number } дня
  }
due-past = срок истек
due-recommended = рекомендуемая дата
due-past-list = { $number ->
    [one] { $number } истекший предельный срок
    [few] { $number } истекших предельных срока
    [many] { $number } истекших предельных сроков
   *[other] { $number } истекшего предельного срока
  }

# A meeting and its timetable
meeting-letter = Коллективное письмо { $number }
meeting-letter-dated = Коллективное письмо { $number } от { $date }
meeting-agenda = Повестка дня: { $number }
meeting-timetable = Расписание с обновлениями: { $number }
meeting-tentative = Даты предварительные.
meeting-month = { $month }, дни не объявлены
meeting-first-day = начало { $date }, последний день не объявлен
meeting-provisional = Собрание состоится, но его даты могут измениться.
meeting-cancelled = Это собрание не состоится.
meeting-postponed = Это собрание отложено. Новые даты пока неизвестны.
meeting-gone = Это собрание больше не объявляется.
meeting-past = Это собрание завершено.
meeting-nothing = Расписание еще не объявлено.
meeting-nothing-text = Подпишитесь сейчас: заседания будут появляться в вашем календаре по мере объявления.
meeting-show = Показать
meeting-show-all = Всё
meeting-only = Только { $bodies } и то, что касается всех
meeting-subscribe = Подписаться на это собрание
meeting-subscribe-lead = В этом календаре только одно собрание. Чтобы следить и за последующими, подпишитесь на один из календарей { $group }.
timetable-title = Расписание
timetable-day-empty = Ничего не объявлено
# {"\u00AD"} is where a word may be divided that is too long for a narrow column.
timetable-tentative = предвари{"\u00AD"}тельно
timetable-provisional = время может измениться
timetable-cancelled = отменено
timetable-postponed = отложено
timetable-moved = перене{"\u00AD"}сено
timetable-moved-from = ранее: { $from }
timetable-former-room = прежний зал:
timetable-usual = обычное время, не объявлено
timetable-open = окончание не объявлено
timetable-unknown = время не объявлено
timetable-continues = до { $hour }
timetable-parallel = параллельно
timetable-sequential = последовательно
timetable-room = Зал:
timetable-for = Для:
timetable-only-for = Участвуют только:
timetable-join = Подключиться
timetable-more = { $number ->
    [one] В календаре есть еще { $number } неделя.
    [few] В календаре есть еще { $number } недели.
    [many] В календаре есть еще { $number } недель.
   *[other] В календаре есть еще { $number } недели.
  }
timetable-usual-text = Часы, указанные курсивом, не объявлены ни в одном документе: это обычное или предполагаемое время.

# Subscribing
subscribe-title = Подписка
subscribe-of = Подписка: { $feed }
subscribe-address = Адрес этого календаря
subscribe-copy = Копировать
subscribe-copied = Скопировано
subscribe-press = Нажмите Ctrl+C
subscribe-address-text = Подходит для любого календаря: вставьте его там, где ваша программа запрашивает адрес (URL) календаря.
subscribe-apple = Календарь Apple
subscribe-apple-text = Откроется ваш календарь и предложит подписаться. Эта же ссылка подходит для Thunderbird, GNOME и других программ на этом устройстве.
subscribe-apple-lag = С той частотой, которую вы там зададите: от каждых 5 минут до каждой недели. Выберите «Каждый час».
subscribe-google = Google Календарь
subscribe-google-text = Адрес копируется, и в браузере открывается Google Календарь на странице «Добавить по URL»: вставьте адрес там. После этого календарь появится и в приложении Google на телефоне.
subscribe-google-direct = Или в один шаг, если Google это допускает
subscribe-google-lag = Через 4–24 часа после изменения. Ускорить это нельзя.
subscribe-outlook = Outlook.com
subscribe-outlook-text = Откроется Outlook, где уже указаны адрес и название: остается подтвердить. Календарь появится и в новом Outlook для Windows.
subscribe-microsoft = Microsoft 365
subscribe-microsoft-text = То же для рабочей или учебной учетной записи. Некоторые организации блокируют эту возможность: тогда скопируйте адрес.
subscribe-outlook-lag = Примерно через 3 часа после изменения, иногда более чем через сутки.
subscribe-classic = Outlook для Windows (классический)
subscribe-classic-text = «Файл» → «Настройка учетных записей» → «Интернет-календари» → «Создать»: вставьте адрес.
subscribe-classic-lag = При каждом запуске, затем раз в 1–3 часа.
subscribe-thunderbird = Thunderbird
subscribe-thunderbird-text = «Новый календарь» → «В сети»: вставьте адрес.
subscribe-thunderbird-lag = Каждые 30 минут.
subscribe-download = Скачать файл
subscribe-download-text = Копия на сегодняшний день для однократного импорта. Изменения в ней не отражаются.
subscribe-download-lag = Никогда.
subscribe-what = Что произойдет
subscribe-lag = Когда появятся изменения
subscribe-qr = Откройте эту страницу на телефоне
subscribe-qr-text = Наведите камеру на код, затем выберите «Календарь Apple» или скопируйте адрес.
subscribe-more = Все способы подписки
subscribe-holds = Что входит в календарь
subscribe-language = На других языках

# A feed
feed-ahead = Что предстоит
feed-nothing = В этом календаре нет предстоящих записей.
feed-nothing-text = Все объявленное появится здесь и в календарях тех, кто подписался.
feed-seen = Получил ли мой календарь обновления?
feed-seen-none = С момента запуска сервиса ни одна программа не загружала этот календарь.
feed-seen-text = Здесь указано, когда программы каждого вида последний раз загружали этот календарь с момента запуска сервиса. Подсчет отдельных пользователей не ведется.
feed-seen-release = Текущий выпуск: { $number }.
feed-seen-kind = Вид программы
feed-seen-at = Последняя загрузка
feed-seen-version = Выпуск
feed-seen-old = не последний
feed-forms = Другие форматы
feed-atom = Что изменилось, для программ чтения лент (Atom)
feed-json = Для веб-мастеров (JSON)
feed-embed = На вашей веб-странице
feed-where = Где
feed-online = Веб-адрес
feed-chair = Председатель
feed-for = Для
feed-audience = Круг участников
feed-concerns = Круг адресатов
feed-held-in = Язык
feed-interpretation = Устный перевод
feed-interpretation-offered = обеспечивается
feed-on-request = только по запросу
feed-how = Как
feed-contact = Для контактов
feed-links = Ссылки
feed-note = Примечание
feed-changed = Изменено { $date }
feed-source = Источник
feed-not-printed = В письме эта дата не указана.

# Putting a calendar together
builder-title = Составить свой календарь
builder-lead = Отметьте то, за чем вы следите. Вы получите один адрес для всего отмеченного. Ваш выбор записан и в адресной строке: сохраните эту ссылку или отправьте ее коллеге.
builder-audiences = Категории делегатов
builder-audiences-text = Заседания, предназначенные только для них.
builder-show = Показать календарь
builder-nothing = Пока ничего не отмечено.
builder-nothing-text = Вместе с выбранным показываются заседания входящих в него органов и тех, в которые входит он сам.
builder-too-long = Это больше, чем помещается в один адрес. Вместо всех входящих органов отметьте тот, в который они входят.
builder-conflicts = { $number ->
    [0] Совпадений по времени нет.
    [one] { $number } случай, когда вам пришлось бы находиться в двух местах одновременно:
    [few] { $number } случая, когда вам пришлось бы находиться в двух местах одновременно:
    [many] { $number } случаев, когда вам пришлось бы находиться в двух местах одновременно:
   *[other] { $number } случая, когда вам пришлось бы находиться в двух местах одновременно:
  }
builder-in-parallel = { $bodies } работают параллельно; время отдельных собраний не объявлено
builder-count = { $number ->
    [0] Предстоящих записей нет.
    [one] В календаре { $number } предстоящая запись.
    [few] В календаре { $number } предстоящие записи.
    [many] В календаре { $number } предстоящих записей.
   *[other] В календаре { $number } предстоящей записи.
  }

# Changes
changes-title = { $group }: что изменилось
changes-lead = Все опубликованные изменения, начиная с последних. Календари подписчиков обновляются автоматически.
changes-none = С момента объявления ничего не изменилось.
changes-new = { $number ->
    [one] { $number } новая запись
    [few] { $number } новые записи
    [many] { $number } новых записей
   *[other] { $number } новой записи
  }
changes-new-in = { $number ->
    [one] { $number } новая запись (собрание { $meeting })
    [few] { $number } новые записи (собрание { $meeting })
    [many] { $number } новых записей (собрание { $meeting })
   *[other] { $number } новой записи (собрание { $meeting })
  }
changes-atom = То же для программ чтения лент:
changes-atom-text = Своя лента есть у каждого календаря: замените в его адресе .ics на .atom.

# The status of the service
status-title = Состояние
status-served = Действует выпуск { $number } (опубликован: { $date }).
status-none = Действующего выпуска пока нет.
status-good = Неполадок нет.
status-errors = { $number ->
    [one] В определениях { $number } ошибка. Действует то, что было опубликовано ранее.
    [few] В определениях { $number } ошибки. Действует то, что было опубликовано ранее.
    [many] В определениях { $number } ошибок. Действует то, что было опубликовано ранее.
   *[other] В определениях { $number } ошибки. Действует то, что было опубликовано ранее.
  }
status-folder = Не удается прочитать папку с определениями. Действует то, что было опубликовано последним.
status-ledger = Не удается выполнить чтение или запись реестра. Действует то, что было опубликовано последним.
status-version = Этот выпуск подготовлен не той версией convene, которая работает здесь: некоторые формулировки могут отличаться.
status-stale = Из-за сбоя в convene опубликованные данные не обновляются. Попытки продолжаются.
status-clock = Часы этой машины отстают от последнего выпуска: до исправления ничего не публикуется. Действует то, что было опубликовано последним.
status-outdated = Здесь публикует более новая версия convene: эта ничего не публикует.
status-secret = Адреса делегатов здесь не те, которые выдает публикующая машина: секрет другой.
status-part = Часть convene остановилась из-за сбоя. Она запускается снова.

# For webmasters
embed-title = { $group } на вашей веб-странице
embed-lead = Скопируйте фрагмент кода на свою страницу. Для него не нужны ни учетная запись, ни сборка, ни сторонние скрипты, и внешний вид вашей страницы он изменить не может.
embed-which = Календарь
embed-script = Расписание с автоматической высотой
embed-script-text = Один элемент в том месте, где должно быть расписание. Он вставляет туда фрейм и подгоняет его высоту под содержимое.
embed-iframe = Расписание без скриптов
embed-iframe-text = Фрейм той высоты, которую вы выберете.
embed-button = Кнопка подписки
embed-button-text = Обычная ссылка: выглядит так же, как другие ссылки на вашей странице.
embed-alternate = Для программ, которые ищут календари
embed-alternate-text = Вставляется в раздел head вашей страницы.
embed-json = Для собственного расписания
embed-json-text = Все данные в формате JSON; их можно запрашивать с любой страницы.
embed-preview = Предварительный просмотр
embed-language = Код языка перед embed в адресе, как в { $address }, задает язык расписания.
embed-subscribe = Подписаться
embed-open = Полное расписание

# An address at which there is nothing
missing-title = По этому адресу ничего нет
missing-lead = Возможно, адрес введён с ошибкой или скопирован не полностью.
missing-meant = Возможно, вам нужна одна из этих страниц:
missing-revoked-title = Этот личный адрес больше не действует
missing-revoked-lead = Он заменён другим. Новый адрес можно получить в секретариате.
