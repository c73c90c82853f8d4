# convene's own words on pages, in Russian. Every file here has the same messages with the same variables; the English
# file says what each variable is. “To be confirmed” marks what was written from knowledge alone.

# Around every page
page-skip = Перейти к содержанию
page-groups = Все календари
page-way = Вы находитесь здесь
page-of-webmasters = Для веб-мастеров
page-status = Состояние сервиса
page-times = Время: { $clock }, { $offset }.
page-times-alone = Время: { $clock }.
page-own-times = Рядом указано ваше местное время ({ $zone }).
page-own-hour = ваше время
page-unreachable = Этот адрес пока недоступен для Google и Outlook.
page-unreachable-why = Google Календарь, Outlook.com и Microsoft 365 загружают календари из интернета, а адреса здесь начинаются с { $address } и доступны только с этого компьютера или из этой сети. Программы-календари на этом компьютере уже могут ими пользоваться. Для остальных запустите convene с общедоступным адресом:

# Dates
page-next-day = на следующий день
page-all-day = Весь день
page-today = Сегодня

# The list of study groups
index-title = Календари
index-lead = Подпишитесь один раз на нужный вам календарь. Заседания и предельные сроки в нем обновляются при каждом изменении, поэтому время и зал всегда верны.
index-empty = Пока нет ни одного календаря.

# A study group
group-title = { $group }: собрания и календари
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
group-deadlines = Предельные сроки
group-deadlines-none = Предстоящих предельных сроков нет.
group-deadlines-all = Все предельные сроки
group-subscribe-lead = Выберите то, что касается вас. Подписка автоматически отражает все изменения, загруженный файл — нет.
group-whole = { $group } в целом
group-within = В составе { $group }
group-plenary-questions = Вопросы, относящиеся непосредственно к пленарному заседанию
group-several = Несколько календарей сразу
group-several-text = Отметьте то, за чем следите, — и получите один адрес для всего.
group-meetings = Собрания
group-meetings-past = Прошедшие собрания
group-changes = Что изменилось
group-changes-all = Все изменения
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
due-recommended = рекомендуемый срок
due-past-list = { $number ->
    [one] { $number } истекший предельный срок
    [few] { $number } истекших предельных срока
    [many] { $number } истекших предельных сроков
   *[other] { $number } истекшего предельного срока
  }

# A meeting and its timetable
meeting-first-day = начало { $date }
meeting-cancelled = Это собрание отменено.
meeting-postponed = Это собрание отложено. Новые даты пока неизвестны.
meeting-gone = Это собрание больше не значится в программе.
meeting-past = Это собрание завершено.
meeting-nothing = Расписание еще не объявлено.
meeting-nothing-text = Подпишитесь сейчас: заседания будут появляться в вашем календаре по мере объявления.
meeting-show = Показать
meeting-show-all = Всё
meeting-only = Только { $bodies } и заседания для всех
meeting-subscribe = Подписаться на это собрание
meeting-subscribe-lead = В этом календаре только одно собрание. Чтобы следить и за последующими, подпишитесь на один из календарей { $group }.
timetable-title = Расписание
timetable-day-empty = Ничего не объявлено
timetable-moved = перене{"\u00AD"}сено
timetable-previously = ранее: { $before }
timetable-parallel = параллельно
timetable-sequential = последовательно
timetable-more = { $number ->
    [one] В календаре есть еще { $number } неделя.
    [few] В календаре есть еще { $number } недели.
    [many] В календаре есть еще { $number } недель.
   *[other] В календаре есть еще { $number } недели.
  }
timetable-usual-text = Время, указанное курсивом, не объявлено ни в одном документе: это обычное или предполагаемое время.

# Menus of other programs, as they are called in this language. Written on 29 November 2026; to be confirmed in the programs themselves
-google-from-url = Добавить по URL
-outlook-add-calendar = Добавить календарь
-outlook-from-web = Подписаться из Интернета
-outlook-file = Файл
-outlook-account-settings = Настройка учетных записей
-outlook-internet-calendars = Интернет-календари
-outlook-new = Создать
-thunderbird-new-calendar = Новый календарь
-thunderbird-on-network = В сети
-apple-every-hour = Каждый час

# Subscribing
subscribe-title = Подписка
subscribe-of = Подписка на «{ $feed }»
subscribe-address = Адрес этого календаря
subscribe-copy = Копировать
subscribe-copied = Скопировано
subscribe-press = Нажмите Ctrl+C (⌘C на Mac)
subscribe-address-text = Подходит для любого календаря: вставьте его там, где ваша программа запрашивает адрес (URL) календаря.
subscribe-apple = Календарь Apple
subscribe-apple-text = Откроется ваш календарь и предложит подписаться. Эта же ссылка подходит для Thunderbird, GNOME и других программ на этом устройстве.
subscribe-apple-lag = С той частотой, которую вы там зададите: от раза в 5 минут до раза в неделю. Выберите «{ -apple-every-hour }».
subscribe-google = Google Календарь
subscribe-google-text = Адрес копируется, и в браузере открывается Google Календарь на странице «{ -google-from-url }»: вставьте адрес там. После этого календарь появится и в приложении Google Календарь на телефоне.
subscribe-google-direct = Или в один шаг, если Google это допускает
subscribe-google-lag = Через 4–24 часа после изменения. Ускорить это нельзя.
subscribe-outlook = Outlook.com
subscribe-outlook-text = Откроется Outlook, где уже указаны адрес и название: остается подтвердить. Календарь появится и в новом Outlook для Windows.
subscribe-microsoft = Microsoft 365
subscribe-microsoft-text = То же для рабочей или учебной учетной записи. Если ваша организация блокирует эту возможность, скопируйте адрес и выберите { -outlook-add-calendar } > { -outlook-from-web }.
subscribe-outlook-lag = Примерно через 3 часа после изменения, иногда более чем через сутки.
subscribe-classic = Outlook для Windows (классический)
subscribe-classic-text = { -outlook-file } > { -outlook-account-settings } > { -outlook-account-settings } > { -outlook-internet-calendars } > { -outlook-new }: вставьте адрес.
subscribe-classic-lag = При каждом запуске, затем раз в 1–3 часа.
subscribe-thunderbird = Thunderbird
subscribe-thunderbird-text = { -thunderbird-new-calendar } > { -thunderbird-on-network }: вставьте адрес.
subscribe-thunderbird-lag = Каждые 30 минут.
subscribe-download = Скачать файл
subscribe-download-text = Копия на сегодняшний день для однократного импорта. Она не обновляется.
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

# Putting a calendar together
builder-title = Составить свой календарь
builder-lead = Отметьте то, за чем вы следите. Вы получите один адрес для всего отмеченного. Ваш выбор записан и в адресной строке: сохраните эту ссылку или отправьте ее коллеге.
builder-audiences = Категории делегатов
builder-audiences-text = Заседания только для них.
builder-show = Показать календарь
builder-nothing = Пока ничего не отмечено.
builder-nothing-text = Вместе с выбранной группой показываются заседания групп, которые в нее входят, и тех, в которые входит она сама.
builder-too-long = Выбранное не помещается в один адрес. Вместо всех групп, входящих в другую группу, отметьте ее саму.
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
changes-none = С момента первого объявления изменений нет.
changes-new = { $number ->
    [one] { $number } новая запись
    [few] { $number } новые записи
    [many] { $number } новых записей
   *[other] { $number } новой записи
  }
changes-atom = То же для программ чтения лент:
changes-atom-text = Своя лента есть у каждого календаря: замените в его адресе .ics на .atom.

# The status of the service
status-title = Состояние
status-served = Текущий выпуск: { $number } (опубликован: { $date }).
status-none = Ни один выпуск еще не опубликован.
status-good = Неполадок нет.
status-errors = { $number ->
    [one] В определениях { $number } ошибка. Действует то, что было опубликовано последним.
    [few] В определениях { $number } ошибки. Действует то, что было опубликовано последним.
    [many] В определениях { $number } ошибок. Действует то, что было опубликовано последним.
   *[other] В определениях { $number } ошибки. Действует то, что было опубликовано последним.
  }
status-folder = Не удается прочитать папку с определениями. Действует то, что было опубликовано последним.
status-ledger = Не удается выполнить чтение или запись реестра. Действует то, что было опубликовано последним.
status-version = Этот выпуск подготовлен не той версией convene, которая работает здесь: некоторые формулировки могут отличаться.
status-stale = Из-за сбоя в convene опубликованные данные не обновляются. Попытки продолжаются.
status-clock = Часы этой машины отстают от последнего выпуска: до исправления ничего не публикуется. Действует то, что было опубликовано последним.
status-outdated = Публикацию здесь выполняет более новая версия convene: эта ничего не публикует.
status-secret = Адреса делегатов здесь не те, которые выдает публикующая машина: секретный ключ другой.
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
embed-open = Полное расписание

# An address at which there is nothing
missing-title = По этому адресу ничего нет
missing-lead = Возможно, адрес введен с ошибкой или скопирован не полностью.
missing-meant = Возможно, вам нужна одна из этих страниц:
missing-revoked-title = Этот личный адрес больше не действует
missing-revoked-lead = Он заменен другим. Новый адрес можно получить в секретариате.
