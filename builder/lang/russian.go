package lang

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The genitive and the dative of Russian given names, for «Фото от Оли» and
// «Права принадлежат Оле».
//
// A wrong form of somebody's name is worse than a plain line, so the rules
// answer only when they are certain:
//
//   - the name is one word in Russian letters, or several joined by hyphens,
//     written "Оля" or "оля"; anything else (two words, so every surname behind
//     a name, initials, Latin, digits, capitals, quotes, emoji) is left to the
//     caller, who has the form that its owner gave or says it without one;
//   - with a gender given, the declension of that gender applies;
//   - without one, names in -а and -я decline alike for both genders; other
//     names only when they are in the lists below or end in a way that only
//     men's names do, and never those that both have («Мишель», «Доминик»).
//     Words that merely look like a name («Солнышко», «Рыжая», «Котята») and
//     surnames («Ильина») are refused by their endings.
//
// The rules, as in any grammar of Russian (Зализняк's types 1a–1b, 2a, 8a),
// genitive and dative:
//
//	-а → -ы -е, after г к х ж ш ч щ → -и -е; -я → -и -е, -ия → -ии -ии
//	men: consonant + а у; -й, -ь → -я -ю; Лев, Павел, Пётр lose their vowel
//	women: a few old names in -ь → -и -и; all else as it is
//	-о -е -и -у -ю -ы -э, -а after a vowel: as it is
//
// Where -ия is stressed or all but the whole name (Алия, Лия), usage has both
// «Алие» and «Алии»: such names have no dative here.

// nameCase is a case that names are put into.
type nameCase int

const (
	genitive nameCase = iota
	dative
)

// declension is how a name declines: what stays of it, and its ending in each
// nameCase.
type declension struct {
	stem    string
	endings [2]string
}

// same is the declension of a name that never changes.
func same(w string) declension { return declension{stem: w} }

// inflect returns a given name in a case, or false where it is not certain.
// gender is "f", "m" or "".
func inflect(name, gender string, c nameCase) (string, bool) {
	parts := strings.Split(norm.NFC.String(name), "-")
	last := strings.ToLower(parts[len(parts)-1])
	for i, part := range parts {
		if !russianWord(part) || len(parts) > 1 && (len(part) < 2*3 || !unicode.IsUpper([]rune(part)[0])) {
			return "", false
		}
		if i < len(parts)-1 && (undeclinedFirst[strings.ToLower(part)] || undeclinedBefore[last]) {
			continue
		}
		word := strings.ToLower(part)
		d, ok := decline(word, gender)
		if !ok || c == dative && strings.HasSuffix(word, "ия") && !softDative[word] {
			return "", false
		}
		form := d.stem + d.endings[c]
		if unicode.IsUpper([]rune(part)[0]) {
			form = changeFirst(form, unicode.ToUpper)
		}
		parts[i] = form
	}
	return strings.Join(parts, "-"), true
}

// russianWord reports words of two Russian letters or more, lower-case but for
// the first, that have a vowel.
func russianWord(s string) bool {
	for i, r := range s {
		lower := r >= 'а' && r <= 'я' || r == 'ё'
		upper := r >= 'А' && r <= 'Я' || r == 'Ё'
		if !lower && (!upper || i > 0) {
			return false
		}
	}
	return len(s) >= 2*2 && strings.ContainsAny(strings.ToLower(s), vowels)
}

const vowels = "аеёиоуыэюя"

// decline tells how a lower-case word declines.
func decline(w, gender string) (declension, bool) {
	if stem, ok := irregular[w]; ok {
		return declension{stem, [2]string{"а", "у"}}, true
	}
	if uncertain[w] || endsIn(w, unlikeNames) && !declinedAsNames[w] && !(gender == "m" && likeAManAfterAll(w)) {
		return declension{}, false
	}
	r := []rune(w)
	last, before := r[len(r)-1], r[len(r)-2]
	stem := string(r[:len(r)-1])
	switch {
	case undeclined[w]:
		return same(w), true
	case last == 'а' && strings.ContainsRune(vowels, before):
		return same(w), gender != "" // Леа, Андреа
	case last == 'а' && strings.ContainsRune("гкхжшчщ", before):
		return declension{stem, [2]string{"и", "е"}}, true
	case last == 'я' && before == 'и':
		return declension{stem, [2]string{"и", "и"}}, true
	case last == 'я':
		return declension{stem, [2]string{"и", "е"}}, true
	case last == 'а':
		return declension{stem, [2]string{"ы", "е"}}, true
	case strings.ContainsRune(vowels, last):
		return same(w), gender != ""
	}
	if gender == "" || strings.HasSuffix(w, "чик") { // Верунчик is a woman and declines as a man
		gender = guessGender(w)
	}
	switch {
	case gender == "f" && softFeminine[w]:
		return declension{stem, [2]string{"и", "и"}}, true
	case gender == "f":
		return same(w), true
	case gender == "m":
		return masculine(w, stem, last)
	}
	return declension{}, false
}

// masculine declines a man's name that ends in a consonant, й or ь.
func masculine(w, stem string, last rune) (declension, bool) {
	if endsIn(w, fleeting) && !masculineNames[w] {
		return declension{}, false
	}
	switch last {
	case 'й', 'ь':
		return declension{stem, [2]string{"я", "ю"}}, true
	case 'к':
		if s, ok := strings.CutSuffix(w, "ёк"); ok {
			return declension{s + "ьк", [2]string{"а", "у"}}, true // Игорёк
		}
	case 'ъ':
		return declension{}, false
	}
	return declension{w, [2]string{"а", "у"}}, true
}

// guessGender tells the gender of a name in a consonant, й or ь, or "".
func guessGender(w string) string {
	switch {
	case eitherGender[w]:
		return ""
	case feminineNames[w] || softFeminine[w]:
		return "f"
	case masculineNames[w] || endsIn(w, masculineEndings):
		return "m"
	}
	return ""
}

func endsIn(w string, endings []string) bool {
	return slices.ContainsFunc(endings, func(end string) bool { return strings.HasSuffix(w, end) })
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// irregular holds the stems of men's names that no rule makes.
var irregular = map[string]string{
	"лев": "льв", "павел": "павл", "пётр": "петр", "петр": "петр",
	"игорек": "игорьк", "витек": "витьк", "санек": "саньк", "ванек": "ваньк",
	"сашок": "сашк", "пашок": "пашк", "христос": "христ",
}

// uncertain holds names whose form differs in usage, and words that are no
// single person's name.
var uncertain = wordSet(`нинель ассоль жизель рашель агидель шота важа николя никколо
	данило михайло гаврило кирилло самойло павло петро дмитро
	друзья братья мужья сыновья имя время пламя знамя дитя один третий лисий олений
	воробей муравей соловей ручей орёл орел осёл осел козёл козел пёс пес ветер дятел пепел котёл котел узел угол посол
	щегол огонь уголь ноготь лёд лед лён лен лоб мох рот сон шов путь заяц
	дома города мастера доктора учителя облака слова чудеса небеса глаза леса моря окна цвета вечера
	листья деревья крылья перья хлопья стулья колосья звенья зятья князья имена времена семена племена`)

// unlikeNames are endings of adjectives, plurals, diminutives of neuter gender
// and women's surnames, which decline otherwise than names.
var unlikeNames = []string{
	"ая", "яя", "ый", "ой", "кий", "хий", "жий", "ший", "чий", "щий", "гий", "бний", "вний", "дний", "жний",
	"зний", "мний", "нний", "пний", "рний", "сний", "тний", "хний", "йний", "шний", "чний", "иний",
	"ое", "ее", "це", "ще", "шко", "чко", "ышко", "ята", "жата", "чата", "ова", "ева", "ёва", "ина", "цына", "овы", "евы", "ины",
}

// likeAManAfterAll tells whether a word that ends as adjectives do is a name,
// given that its owner is a man: Аникий, Левкий, Евстихий, Асанбой; not
// «Великий» nor a surname.
func likeAManAfterAll(w string) bool {
	return endsIn(w, []string{"кий", "гий", "хий", "ний", "бой"}) && !endsIn(w, []string{"ский", "цкий"}) && !adjectives[w]
}

// adjectives are those that men call themselves by.
var adjectives = wordSet(`великий высокий гибкий гладкий горький громкий далёкий далекий дикий долгий древний жаркий зимний
	короткий краткий крепкий кроткий летний лёгкий легкий ловкий маленький мелкий меткий мягкий осенний поздний последний
	ранний редкий резкий робкий сладкий синий соседний средний строгий тихий тонкий убогий утренний хрупкий цепкий
	широкий яркий вечерний весенний домашний здешний нынешний внутренний лишний дальний передний задний верхний нижний
	любой плакучий слабой голубой рябой грубой`)

// declinedAsNames are names in spite of unlikeNames.
var declinedAsNames = wordSet(`аглая рая тая мая ая зая ная кая лая хая даная ной сысой рой батый георгий сергий
	акакий исаакий исакий аверкий патрикий евлогий евстахий евтихий ева вова лёва лева сева параскева женевьева сакина гульсина
	августина агриппина агрипина аделина адина айлина акилина акулина алевтина алина альбина альвина амина ангелина антонина
	арина беатрина валентина василина веселина галина георгина дарина джорджина дина домина доротина екатерина жасмина
	жозефина зарина зина ирина иустина капитолина карина кармина каролина каталина катарина катерина клементина корина
	кристина леонтина лина магдалина мадина мальвина марина мартина марселина мелина милина мина мирина нармина нелина нина
	павлина паулина полина радина регина розина рузина руфина сабина сабрина самина сантина севина северина селина серафина
	тахмина тина устина фаина фатина фаустина фина флорина христина целестина эвелина элина эльвина эльмина эмина эрнестина
	юстина янина ясмина`)

// fleeting are endings of masculine words whose vowel often falls away, and
// of surnames that stay as they are.
var fleeting = []string{"ок", "шек", "чек", "ец", "яц", "ень", "ых"}

// softDative are the names in -ия whose dative ends alike in all usage: the
// stress is before the ending and something stands before it.
var softDative = wordSet(`мария марфия софия юлия иулия наталия ксения валерия виктория анастасия лидия лилия таисия евгения есения
	эмилия амалия аврелия аделия цецилия корнелия клавдия евлампия олимпия евфросиния аполлинария пульхерия гликерия мелания
	агния евдокия евпраксия анфия стефания розалия джулия сильвия патриция виргиния вирджиния летиция фелиция глория октавия
	ливия юния капитолия лукреция камелия офелия лавиния валия дария констанция флоренция гортензия антония глафирия
	лаврентия урсулия урания элия идалия наталия поликсения артемия иустиния марселия доминикия аксиния авксентия
	терезия сусания эвелия аурелия анжелия грация стелия эвгения ливадия лукия пелагия мавриния зиновия евсевия анисия
	арсения аркадия ассия севастия фотиния хиония`)

// softFeminine are women's names in -ь that decline.
var softFeminine = wordSet("любовь руфь юдифь эсфирь есфирь суламифь рахиль агарь")

// feminineNames are women's names without an ending; they stay as they are.
var feminineNames = wordSet(`кармен ирэн ирен элен хелен мадлен катрин кэтрин жаклин каролин эвелин жасмин мэрилин
	долорес мерседес беатрис агнес дорис элис клэр маргарет элизабет эдит джудит юдит жанет аннет ингрид лилит рут
	марьям мариам мириам гретхен сольвейг дагмар эстер ашхен анаит айгерим зейнеп зайнаб патимат
	николь айгуль гузель гюзель эмель аннабель изабель мирабель айсель асель гульнур
	гюльчатай шолпан чулпан`)

// eitherGender are names that women and men have alike and decline differently.
var eitherGender = wordSet("мишель адель даниэль даниель габриэль габриель ариэль ноэль марион доминик фредерик карен ким сэм паскаль клод симон эммануэль рафаэль жоэль ален")

// masculineNames are men's names in a consonant, й or ь that no ending of
// masculineEndings covers.
var masculineNames = wordSet(`
	абрам аверкий авраам автандил агап агафон адам адриан азамат азат айдар айрат акакий акоп алан александр алексей алик
	алихан алишер алмаз альфред аман амаяк анвар андрей анисим антип антон аполлон арам арарат аристарх аристотель
	арман армен арон арсен артём артем артур архип аскар аслан асхат ахмат ахмет ашот баграт батраз бахтиёр бахтияр
	бекзат бен бернард богдан борис брайан булат ваграм вадик вадим важик вазген валентин вальтер варлам
	вартан варфоломей вахид вахтанг вениамин виктор вилен вильгельм вильдан влад владлен влас вован вольфганг
	всеволод гавриил гагик гайк гамлет ганс гаспар георгий гаяз геворг генрих герард герман глеб гордей грант гурам гурген
	густав гюнтер давид дамиан даниил данил данияр дастан демид демьян денис джамал джамиль джафар джеймс джек
	джордж дильшод димон дорофей дэвид дэн евграф евдоким евлампий евсей егор елизар елисей емельян еремей ержан
	ерлан ермак ермолай ерофей ефим ефрем жак жамал жан жандос жерар жорж заур захар зелимхан зубайр зураб ибрагим
	иван игнат игорь иероним измаил израиль илон ильгиз ильдар ильдус ильнур ильхам ильшат ильяс имран иоанн иосиф
	ипполит исаак ислам исмаил йозеф йонас йохан камиль карапет карим карл карп каспар касьян кевин кирилл
	клаус клим климент колян кондрат константин корней кристап кристиан кристофер ксенофонт курт лазар лазарь лёх
	леван ленар леон леонард леонид линар лукас лукьян майкл макар макс максим максимилиан мансур марат марк маркус
	марсель мартин мартын матвей махмуд мелитон мераб микаэл мирлан мирон митрофан митяй михаил модест моисей мурат
	мурман муслим назар назим наиль наполеон нарек натан натаниэль нестор никанор никифор никодим николай никон нил
	ноах нодар норайр норман нурислам нурлан нурсултан ованес оганез оганес одиссей олег олесь оливер онисим ораз
	орест осип оскар остап отар павлин памфил панас панкрат пантелеймон паруйр парфён парфен пахом петер питер
	платон потап прохор пьер равиль радик радиф разиль раиль раис рамазан рамзан рамзес рамиль рамис расим расул
	рауль рафаил рафаэл рафаэль рафик рафкат рашид рашит ренат ринат рифат рихард ричард ролан роман рубен руслан
	рустам рустем рушан сабир садык саид салават салман самат самвел самсон самуил санжар сармат святогор святополк
	сев севак севастьян северин семён сергий семен серафим сергей серж сильвестр славик соломон сослан спартак
	спиридон стас степан стефан стив стивен султан сурен тагир талас талгат тамерлан тарас тельман тенгиз
	теодор тигран тим тимерлан тимон тимофей тимур тимурлан тихон толик толян том тристан трофим туман ульян умар
	урал фадей фазиль фалес фаниль фанис фанур фарид фаррух фархад фёдор федор федот феликс фидель фил филат филипп
	финн фирдавс франк фридрих фрол фуад хабиб харитон харлампий хасан хачатур христиан христофор цезарь чарльз
	чингиз шерлок енок брок шавкат шамиль шерзод эдвард эдгар эдик эдмунд эдуард эйнар элвин элдар эльбрус эльдар эльмар эльчин
	эмиль эмин эммануил эразм эраст эркин эрнест юлиан юнус юрген юстин юсуф якоб яков якуб ян янис ярополк`)

// masculineEndings close men's names only.
var masculineEndings = []string{
	"слав", "мир", "бек", "мед", "дин", "рик", "ольд", "альд", "берт", "долф", "дольф", "фрид",
	"мад", "рад", "ник", "ион", "дер", "бай", "чик", "рий", "лий", "сий", "тий",
	"дий", "мий", "вий", "фий", "ений", "оний", "аний", "яний", "иддин", "жон",
}

// undeclined are names of either gender in a vowel other than -а and -я. They
// never change; the list tells them from ordinary words that do.
var undeclined = wordSet(`
	нелли нэлли мэри мери мари софи натали эмили джули лили люси бетти кэти кети энни анни дженни молли салли келли долли
	эмми рози нанси софико нани марико этери нино тамрико эли элли мими зизи анри
	полли гэбби мелани стефани эми элоди вирджини валери дороти жюли леони луи
	гиви гоги али гани наби рафи ави леви анатоли хорхе хосе
	хулио марио антонио серхио пабло педро диего карлос марко нико лео тео данте отто бруно гвидо уго гуго
	сандро мишо вано дато ладо резо леко бесо коте зазо авто мурмано леонардо альберто роберто
	рикардо эдуардо фернандо алехандро алессандро лоренцо винченцо марчелло паоло карло пьетро стефано
	андре рене жозе хусе мигеле габриэле микеле даниэле рафаэле симоне джузеппе сальваторе
	дезире эме ноэ зоэ хлоэ шарло матье оливье ксавье тьерри реми реджи анджело эмилио игнасио фабио джорджо джо энцо
	франсуа бенуа айко юко юки акико алсу наоми мичико`)

// undeclinedFirst are first parts of double names that stay as they are.
var undeclinedFirst = wordSet("жан абдул абдель ага")

// undeclinedBefore are last parts of double names, titles once, before which
// nothing declines: Али-Хан, Али-Хана.
var undeclinedBefore = wordSet("хан бек али оглы кызы оол заде гирей шах")
