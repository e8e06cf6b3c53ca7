package sample

// tongue is what the sample's people say in a language.
type tongue struct {
	tag, dir                                           string
	site, tagline, galleryTitle, summary, intro        string
	people, places, take, about, tags, all             string
	who                                                []person // of the pieces, in turn
	long, foreign                                      person
	titles                                             []string // of the pieces, in turn
	stories                                            []string
	made                                               map[string]string // "Photo by", by kind of piece
	someone                                            string            // whose name is not shown: "Photo by a participant"
	question, asks, until, beginsOn, wasUntil, button  string
	steps, wants, keeps                                []string
	chosen, counted, numberPeople, numberPlaces, since string
	day, later                                         string // days of the pieces and of what follows
	disclosure, award, prize, reason                   string
	answer, why                                        string
	greeting, thanked                                  string
	owner, edited                                      string
	cup, cat                                           string
	first, second                                      string // places of a contest
	rhythm, courage, baker                             string
	statuses                                           []string
	edition                                            string
	quote                                              string
	longText                                           string
	version                                            string
}

// person is somebody of the sample: Name as it stands in lists, By as it stands
// after "Photo by".
type person struct{ id, name, by, place, lang string }

// otherLang is the language of a name that is not the page's.
func (p person) otherLang() string { return p.lang }

func russian() tongue {
	return tongue{
		tag: "ru", dir: "ltr", site: "Подоконник", tagline: "Кофейня и её большие соседи", galleryTitle: "Утро с нашими клиентами",
		summary: "Десять утр, которые прислали нам гости.", intro: "Мы попросили одну фотографию: как у вас начинается утро. Вот они, в том порядке, в котором пришли.",
		people: "Люди", places: "Места", take: "Принять участие", about: "О проекте", tags: "Метки", all: "Все",
		who: []person{
			{"olya", "Оля", "Оли", "Москва", ""}, {"masha", "Маша", "Маши", "Казань", ""}, {"lev", "Лев", "Льва", "Томск", ""},
			{"katya", "Катя", "Кати", "Санкт-Петербург", ""}, {"timur", "Тимур", "Тимура", "Набережные Челны", ""}, {"nelli", "Нелли", "Нелли", "Уфа", ""},
			{"artyom", "Артём", "Артёма", "Пермь", ""}, {"petya", "Петя", "Пети", "Псков", ""},
		},
		long:    person{"constantine", "Константин-Александр Преображенский-Виноградов", "Константина-Александра Преображенского-Виноградова", "посёлок имени Шестидесятилетия Октября", ""},
		foreign: person{"dana", "دانة", "\u2068دانة\u2069", "الكويت", "ar"},
		titles: []string{"Латте с Муркой", "Турка на подоконнике", "Пижама и эспрессо", "Балкон, шесть утра", "Весь двор спит", "Кофе на двоих",
			"После пробежки, пока город ещё не проснулся и никто никуда не спешит", "Ё"},
		stories: []string{"Мурка кофе не пьёт, но следит, чтобы никто не пролил. Каждое утро в семь она садится рядом и ждёт, пока зашумит кофеварка.", "Варю на двоих, пью одна."},
		made:    map[string]string{"photo": "Фото от ", "video": "Видео от ", "sound": "Запись от ", "story": "История от ", "review": "Отзыв от ", "idea": "Идея от "}, someone: "участника",
		question: "Как ты пьёшь кофе по утрам?", asks: "С котом, на балконе, в пижаме? Покажи нам своё утро.",
		until: "Участвовать можно до 30 ноября 2026", beginsOn: "Начинаем 1 декабря 2026", wasUntil: "Приём закрыт 30 ноября 2026", button: "Прислать своё",
		steps: []string{"Сфотографируй своё утро. Телефона достаточно.", "Пришли фотографию через форму и напиши, как тебя подписать.", "Мы выберем, опубликуем и скажем спасибо каждому."},
		wants: []string{"живое утро, а не постановку", "свет из окна", "кота, если есть"}, keeps: []string{"Всё, что ты присылаешь, остаётся твоим.", "Работу можно забрать когда угодно."},
		chosen: "10 из 80 отобраны", counted: "сторонники подсчитаны 20 ноября 2026", numberPeople: "10 человек", numberPlaces: "8 мест", since: "С ноября 2026",
		day: "9 ноября 2026", later: "12 ноября 2026", disclosure: "Автор получила чашку в подарок.", award: "Первое место", prize: "Чайник, 3 000 ₽", reason: "За то, что всё стоит на месте.",
		answer: "Пробуем по вторникам, с трёх до четырёх.", why: "Зачем вы это делаете?", greeting: "Спасибо, Маша!", thanked: "Эту галерею сделали люди, которые приняли в ней участие.",
		owner: "Автор и правообладатель: Оля. Показано с согласия автора", edited: "добавлен логотип, выровнен звук", cup: "Чашка", cat: "Кот", first: "Первое место", second: "Второе место",
		rhythm: "Ритм", courage: "Смелость", baker: "пекарь", statuses: []string{"Сделано", "Делаем", "В планах", "Думаем", "Новые", "Не будем"}, edition: "Выпуск 3",
		quote: "Хочу в следующий выпуск!", version: "Версия",
		longText: "Достопримечательностями-то и высокопревосходительствами тут никого не удивишь",
	}
}

func english() tongue {
	return tongue{
		tag: "en", dir: "ltr", site: "Windowsill", tagline: "A coffee shop and its large neighbours", galleryTitle: "Morning with our customers",
		summary: "Ten mornings that our guests sent us.", intro: "We asked for one photo: how does your morning begin? Here they are, in the order in which they came.",
		people: "People", places: "Places", take: "Take part", about: "About", tags: "Tags", all: "All",
		who: []person{
			{"mila", "Mila", "Mila", "Bristol", ""}, {"jonas", "Jonas", "Jonas", "Aarhus", "da"}, {"priya", "Priya", "Priya", "Pune", ""},
			{"ben", "Ben", "Ben", "Leeds", ""}, {"chloe", "Chloé", "Chloé", "Lyon", "fr"}, {"noor", "Noor", "Noor", "Utrecht", ""},
			{"yuki", "Yuki", "Yuki", "Sapporo", ""}, {"bo", "Bo", "Bo", "Å", "sv"},
		},
		long:    person{"wilhelmina", "Wilhelmina Featherstonehaugh-Cholmondeley", "Wilhelmina Featherstonehaugh-Cholmondeley", "Llanfairpwllgwyngyllgogerychwyrndrobwll", "cy"},
		foreign: person{"dana", "دانة", "\u2068دانة\u2069", "الكويت", "ar"},
		titles: []string{"Latte with the cat", "A pot on the sill", "Pyjamas and espresso", "Balcony, six o'clock", "The whole yard sleeps", "Coffee for two",
			"After the run, while the town is not awake yet and nobody has to be anywhere", "Oh"},
		stories: []string{"The cat does not drink coffee, but she watches that nobody spills it. At seven each morning she sits down and waits for the machine to hum.", "I brew for two and drink alone."},
		made:    map[string]string{"photo": "Photo by ", "video": "Video by ", "sound": "Recording by ", "story": "Story by ", "review": "Review by ", "idea": "Idea by "}, someone: "a participant",
		question: "How do you drink coffee in the morning?", asks: "With the cat, on the balcony, in pyjamas? Show us your morning.",
		until: "Open until 30 November 2026", beginsOn: "Opens on 1 December 2026", wasUntil: "Closed on 30 November 2026", button: "Send yours",
		steps: []string{"Take a photo of your morning. A phone will do.", "Send it through the form and say how to credit you.", "We choose, publish and thank everybody."},
		wants: []string{"a real morning, not a staged one", "light from a window", "a cat, if there is one"}, keeps: []string{"What you send stays yours.", "You can take it back at any time."},
		chosen: "10 of 80 selected", counted: "supporters counted on 20 November 2026", numberPeople: "10 people", numberPlaces: "8 places", since: "Here since November 2026",
		day: "9 November 2026", later: "12 November 2026", disclosure: "The author was given a cup.", award: "First place", prize: "A kettle, £30", reason: "For everything that stands still.",
		answer: "We try it on Tuesdays, from three to four.", why: "Why do you do this?", greeting: "Thank you, Mila!", thanked: "This gallery was made by the people who took part in it.",
		owner: "Belongs to Mila, shown with her consent", edited: "logo added, sound evened", cup: "Cup", cat: "Cat", first: "First place", second: "Second place",
		rhythm: "Rhythm", courage: "Courage", baker: "baker", statuses: []string{"Done", "Making", "Planned", "Considering", "New", "Declined"}, edition: "Edition 3",
		quote: "I want to be in the next one!", version: "Version",
		longText: "Antidisestablishmentarianism and floccinaucinihilipilification in one heading",
	}
}

func arabic() tongue {
	return tongue{
		tag: "ar", dir: "rtl", site: "حافة النافذة", tagline: "مقهى وجيرانه", galleryTitle: "صباح مع زبائننا",
		summary: "عشرة صباحات أرسلها ضيوفنا.", intro: "طلبنا صورة واحدة: كيف يبدأ صباحك؟ ها هي، بالترتيب الذي وصلت به.",
		people: "الناس", places: "الأماكن", take: "شارك", about: "عن المشروع", tags: "الوسوم", all: "الكل",
		who: []person{
			{"layla", "ليلى", "ليلى", "عمّان", ""}, {"yusuf", "يوسف", "يوسف", "الرباط", ""}, {"salma", "سلمى", "سلمى", "تونس", ""},
			{"anna", "Anna-Lena", "\u2068Anna-Lena\u2069", "Leipzig", "de"}, {"karim", "كريم", "كريم", "بيروت", ""}, {"huda", "هدى", "هدى", "مسقط", ""},
			{"rami", "رامي", "رامي", "القاهرة", ""}, {"dana", "دانة", "دانة", "الكويت", ""},
		},
		long:    person{"abdulrahman", "عبد الرحمن بن محمد بن إبراهيم الأنصاري القرطبي", "عبد الرحمن بن محمد بن إبراهيم الأنصاري القرطبي", "الدار البيضاء، حي الألفة الجديدة", ""},
		foreign: person{"olga", "Wilhelmina", "\u2068Wilhelmina\u2069", "Bristol", "en"},
		titles: []string{"لاتيه مع القطة", "إبريق على الحافة", "منامة وإسبريسو", "الشرفة، السادسة صباحًا", "الحي كله نائم", "قهوة لاثنين",
			"بعد الجري، والمدينة لم تستيقظ بعد ولا أحد على عجلة من أمره", "لا"},
		stories: []string{"القطة لا تشرب القهوة، لكنها تراقب كي لا يسكبها أحد. في السابعة من كل صباح تجلس وتنتظر صوت الآلة.", "أعدّها لاثنين وأشربها وحدي."},
		made:    map[string]string{"photo": "صورة من ", "video": "فيديو من ", "sound": "تسجيل من ", "story": "قصة من ", "review": "رأي من ", "idea": "فكرة من "}, someone: "أحد المشاركين",
		question: "كيف تشرب قهوتك صباحًا؟", asks: "مع القطة، على الشرفة، بالمنامة؟ أرنا صباحك.",
		until: "مفتوح حتى 30 نوفمبر 2026", beginsOn: "يبدأ في 1 ديسمبر 2026", wasUntil: "أُغلق في 30 نوفمبر 2026", button: "أرسل صورتك",
		steps: []string{"صوّر صباحك. الهاتف يكفي.", "أرسل الصورة عبر النموذج واكتب كيف نذكر اسمك.", "نختار وننشر ونشكر الجميع."},
		wants: []string{"صباحًا حقيقيًا", "ضوء النافذة", "قطة إن وُجدت"}, keeps: []string{"ما ترسله يبقى لك.", "يمكنك استعادته متى شئت."},
		chosen: "اختير 10 من 80", counted: "عدد المؤيدين في 20 نوفمبر 2026", numberPeople: "10 أشخاص", numberPlaces: "8 أماكن", since: "هنا منذ نوفمبر 2026",
		day: "9 نوفمبر 2026", later: "12 نوفمبر 2026", disclosure: "حصلت صاحبة الصورة على كوب هدية.", award: "المركز الأول", prize: "إبريق شاي", reason: "لأن كل شيء ساكن.",
		answer: "نجرّب ذلك كل ثلاثاء، من الثالثة إلى الرابعة.", why: "لماذا تفعلون هذا؟", greeting: "شكرًا يا ليلى!", thanked: "صنع هذا المعرض الذين شاركوا فيه.",
		owner: "ملك ليلى، ويُعرض بموافقتها", edited: "أضيف الشعار وضُبط الصوت", cup: "كوب", cat: "قطة", first: "المركز الأول", second: "المركز الثاني",
		rhythm: "الإيقاع", courage: "الجرأة", baker: "خبّاز", statuses: []string{"تم", "قيد التنفيذ", "مخطط", "قيد الدراسة", "جديد", "مرفوض"}, edition: "العدد 3",
		quote: "أريد أن أكون في العدد القادم!", version: "الإصدار",
		longText: "أفاستسقيناكموها وسيستدرجونهم في عنوان واحد طويل جدًا لا ينتهي أبدًا",
	}
}

// tongueOf returns what is said in one of Languages.
func tongueOf(tag string) tongue {
	switch tag {
	case "ru":
		return russian()
	case "ar":
		return arabic()
	}
	return english()
}
