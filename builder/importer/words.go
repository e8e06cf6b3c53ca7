package importer

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// rule says which words in a question make it one for a field. Words are
// beginnings of words, or with $ whole ones, in the languages of the program:
// English, Russian, German, French, Spanish, Polish, Turkish, Ukrainian, Arabic.
type rule struct{ field, words string }

// rules are asked in this order; the first that knows a word of a question
// decides.
var rules = []rule{
	{"contact.email", "e-mail|email|mail address|электронн|почт|эл адрес|адрес эл|e-mail-adresse|courriel|adresse mail|correo|adres mail|e-posta|eposta|електронн|пошт|имейл|емейл|البريد|بريد|ايميل|إيميل"},
	{"contact.phone", "phone|telephone|mobile|телефон|telefon|handynummer|téléphone|teléfono|móvil|komórk|cep$|هاتف|جوال|واتس"},
	{"contact.birth", "date of birth|birth|дата рождения|geburt|date de naissance|naissance|nacimiento|data urodzenia|doğum|дата народження|تاريخ الميلاد"},
	{"consent", "be shown|be recogni|likeness|gezeigt werden|zu erkennen|erkennbar|être montré|droit à l image|reconnaiss|derecho de imagen|se puede reconocer|se pueden reconocer|wizerun|tanınabil|кого можно узнать|показывать людей|показать людей|впізна|показувати людей|показати людей|التعرف|agree|i accept|you may|may be shown|may be used|may be published|may show|may stand|consent|permission|i allow|do you allow|may we|can we|permit|i confirm|соглас|разреш|можно ли|даю|подтвержда|einverstanden|zustimm|einwillig|erlaub|dürfen wir|stimme|d accord|j accepte|accepte|autoris|consentement|consiento|consentimiento|acept|autoriz|de acuerdo|permis|zgod|zgadzam|zezwalam|wyrażam|akceptuję|onayl|kabul|izin|rıza|згод|погодж|дозвол|можна|أوافق|موافق|أسمح|الموافقة|إذن"},
	{"age", "under 18|how old|your age|age$|underage|under age|minor$|are you a minor|возраст|сколько вам лет|сколько тебе лет|несовершеннолет|совершеннолет|wie alt|volljährig|minderjährig|âge|mineur|majeur|edad|menor de|mayor de|wiek|ile masz lat|pełnoletni|niepełnoletni|yaş$|yaşın|yaşınız|reşit|вік$|скільки вам років|неповноліт|повноліт|العمر|عمرك|قاصر"},
	{"alt", "alt text|alternative text|alt$|what is in the picture|what is to be seen|what does the picture|what does the photo|cannot see|describe the photo|describe the picture|describe your photo|что изображено|что на фото|что на снимке|опишите фото|описание фото|alternativtext|bildbeschreibung|was ist zu sehen|was ist auf|texte alternatif|que voit-on|décrivez la photo|texto alternativo|descripción de la foto|qué se ve|tekst alternatywny|opis zdjęcia|co widać|alternatif metin|fotoğrafta ne|опис фото|що на фото|що зображено|النص البديل|وصف الصورة|ماذا في الصورة"},
	{"taken", "when was|when did you take|date taken|date of the photo|дата съемки|дата снимка|когда снят|когда сделан|aufnahmedatum|wann aufgenommen|wann wurde|date de prise|quand a été|fecha de la foto|cuándo se|cuándo tomaste|data zdjęcia|data wykonania|kiedy zrob|çekim tarihi|ne zaman çek|дата зйомки|коли знят|коли зробл|تاريخ التصوير|متى التقط"},
	{"place", "where was|where did you take|where were|taken at|place of the photo|место съемки|где снят|где сделан|где вы снял|aufnahmeort|wo wurde|wo ist das foto|lieu de prise|où a été|où avez-vous pris|lugar de la foto|dónde se tomó|dónde tomaste|miejsce zdjęcia|gdzie zrob|gdzie zosta|çekim yeri|nerede çek|місце зйомки|де знят|де зробл|مكان التصوير|أين التقط"},
	{"title", "title|name of your|name of the photo|name of the work|call your work|название|заголовок|как называется|titel|wie heißt dein bild|titre|título|tytuł|başlık|назва|як називається|عنوان العمل|عنوان الصورة|العنوان|عنوان"},
	{"caption", "caption|подпись под|подпись к|bildunterschrift|légende|pie de foto|podpis pod|altyazı|підпис під|підпис до|تعليق"},
	{"media", "photo|photograph|picture|image|upload|file|video|film|attach|recording|фото|снимок|снимки|изображен|файл|загруз|видео|прикреп|foto|bild|bilder|datei|hochladen|fichier|téléverse|télécharge|vidéo|archivo|imagen|sube|subir|adjunt|zdjęci|plik|wgraj|prześlij|wideo|film|fotoğraf|dosya|yükle|resim|знім|завантаж|відео|صورة|صور|ملف|فيديو|ارفع|تحميل"},
	{"author.country", "country|страна|в какой стране|land$|pays$|país|kraj$|kraju|ülke|країн|البلد|بلدك|الدولة"},
	{"author.place", "town|city|where are you from|where do you live|your place|город|откуда|где вы живете|где ты живешь|населенный пункт|stadt|wohnort|woher|wo wohn|ville|d où|où habit|où viv|commune|ciudad|de dónde|dónde viv|localidad|miast|skąd|miejscowość|gdzie mieszk|şehir|nereden|nerede yaş|місто|міста|звідки|де ви живете|مدينة|المدينة|مدينتك|من أين|أين تعيش"},
	{"author.url", "instagram|telegram|website|web site|web page|homepage|social|handle|your profile|link to you|your link|ссылк|сайт|соцсет|социальн|страниц|webseite|profil|soziale|lien|site web|réseau|enlace|sitio web|redes|perfil|strona|link|sosyal|bağlantı|посилання|сторінк|соцмереж|رابط|حسابك|حساب|الموقع"},
	{"license", "licence|license|creative commons|лицензи|lizenz|licencia|licencj|lisans|ліцензі|ترخيص|رخصة"},
	{"tags", "tags|tag$|keyword|hashtag|category|categories|тег|ключевые слова|категори|schlagw|stichw|kategorie|mots-clés|mots clés|catégorie|etiqueta|palabras clave|categoría|słowa kluczowe|tagi|kategori|etiket|anahtar|ключові слова|категорі|وسم|وسوم|الفئة|كلمات"},
	{"lang", "language|язык|sprache|langue|idioma|język|dil$|dili|мова|мовою|اللغة|لغة"},
	{"contact.name", "full name|legal name|surname|last name|family name|real name|фамилия|фио|полное имя|паспорт|nachname|familienname|vollständiger name|nom de famille|nom complet|apellido|nombre completo|nazwisko|soyad|tam ad|прізвище|піб|повне ім я|اسم العائلة|الاسم الكامل"},
	{"author.name", "name|call you|credit|pseudonym|nickname|nick$|sign your|имя|зовут|как вас называть|как вас назвать|псевдоним|никнейм|подписать|автор|künstlername|nom$|prénom|pseudonyme|comment vous appel|t appelles|nombre|nome$|te llamas|se llama|cómo te llam|imię|podpisać|jak masz na|isim|ismin|isminiz|adın|adınız|ad$|rumuz|ім я|звати|нік$|الاسم|اسمك|اسم"},
	{"contact.address", "postal address|street|address|адрес|улица|индекс|anschrift|adresse|straße|postleitzahl|dirección|calle|adres$|ulica|kod pocztowy|posta adresi|адреса|вулиця|العنوان البريدي"},
	{"author.role", "your role|role$|роль|rolle|rôle|papel|rola$|rolün|الدور"},
	{"story", "story|tell|why|describe|description|comment|message|idea|answer|review|feedback|how do you|what do you|words|истори|расскаж|почему|опиш|описани|комментар|сообщени|идея|идею|отзыв|ответ|слов|как вы|что вы|geschichte|erzähl|warum|beschreib|kommentar|nachricht|idee|antwort|wie trink|histoire|racont|pourquoi|décri|commentaire|idée|réponse|historia|cuénta|cuenta|por qué|describe|comentario|mensaje|respuesta|opowi|histori|dlaczego|opis|komentarz|wiadomość|pomysł|hikaye|hikâye|anlat|neden|açıkla|yorum|mesaj|fikir|історі|розкаж|розпов|чому|опиш|опис|коментар|ідея|відгук|قصة|قصتك|احك|لماذا|صف|تعليقك|رسالة|فكرة"},
}

// timestampNames are names of the first column of Google's forms.
var timestampNames = []string{"timestamp", "horodateur", "carimbo de data/hora", "marca temporal", "отметка времени", "zeitstempel",
	"informazioni cronologiche", "タイムスタンプ", "sygnatura czasowa", "zaman damgası", "позначка часу", "طابع زمني", "tijdstempel", "časové razítko"}

// words makes the words of a question comparable: small letters, one space
// before and behind each, nothing else between them.
func words(s string) string {
	s = strings.ToLower(norm.NFC.String(s))
	s = strings.NewReplacer("ё", "е", "e mail", "e-mail").Replace(s)
	f := strings.FieldsFunc(s, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.N) && r != '-' })
	return " " + strings.Join(f, " ") + " "
}

// has reports whether one of the words is among those of a question.
func has(question, list string) bool {
	for _, w := range strings.Split(list, "|") {
		w, whole := strings.CutSuffix(w, "$")
		if whole {
			w += " "
		}
		if strings.Contains(question, " "+w) {
			return true
		}
	}
	return false
}

// guess returns the field that a question's words speak of, "" for none, and for
// none of those that the answers have shown not to be it.
func guess(question string, not ...string) string {
	q := words(question)
	for _, r := range rules {
		if !slices.Contains(not, r.field) && has(q, r.words) {
			return r.field
		}
	}
	return ""
}

// given are the words by which a question or an answer tells what a consent
// gives. The question of the rights in the work has none of them.
var given = []rule{
	{"minor", "under 18|i am a minor|несовершеннолет|мне нет 18|minderjährig|mineur|menor de|niepełnoletni|reşit değil|неповноліт|قاصر"},
	{"age", "18|of age|adult|совершеннолет|volljährig|majeur|mayor de edad|pełnoletni|reşit|yetişkin|повноліт|بالغ"},
	{"news", "newsletter|write to me|news|рассылк|новост|напишите|infolettre|lettre d info|boletín|noticias|nachrichten|wiadomości|bülten|haber|новин|розсилк|النشرة"},
	{"thanks", "thank|благодар|спасибо|danke|dank$|remerc|merci|agradec|gracias|podzięk|teşekkür|подяк|дякую|شكر"},
	{"url", "handle|profile|link|instagram|ссылк|аккаунт|профил|profil|lien|enlace|perfil|bağlantı|посилання|رابط|حساب"},
	{"likeness", likenessWords},
	{"name", "my name|your name|name$|имя|имени|именем|namen|nom$|prénom|nombre|imię|imienia|adım|adınız|ismim|ім я|імені|اسم"},
	{"place", "town|city|place|город|города|населенн|stadt|wohnort|ort$|ville|lieu|ciudad|lugar|miast|miejscow|şehir|місто|міста|مدينة"},
}

// likenessWords tell that an answer is about who can be seen, and not about the
// work: what pictures are called is not among them.
const likenessWords = "likeness|recognis|recogniz|my face|my image|people in|people on|people who|persons|everybody in|everyone in|anyone in|of me|" +
	"узнать|лицо|лица$|люди|людей|в кадре|мое изображение|моего изображения|" +
	"erkenn|gesicht|abgebildet|personen|leute|menschen|zu sehen bin|von mir|recht am|" +
	"visage|reconn|personnes|mon image|droit à l image|rostro|mi cara|reconoc|personas|mi imagen|derecho de imagen|" +
	"wizerun|twarz|rozpozna|osoby|osób|yüzüm|tanın|kişiler|обличч|впізна|люди|людей|у кадрі|в кадрі|моє зображення|" +
	"وجه|التعرف|الأشخاص|صورتي الشخصية"

// guessGives returns what an accepted answer gives, by the words of the question
// and of the answer itself. Who speaks of the people in a picture does not speak
// of the picture, whatever else it names.
func guessGives(question, answer string) []string {
	q := words(question + " " + answer)
	var gives []string
	for _, r := range given {
		if has(q, r.words) && !(r.field == "age" && len(gives) > 0) {
			gives = append(gives, r.field)
		}
	}
	work := "photo|picture|work|video|publish|use|фото|снимк|работ|публик|использ|materials|foto|bild|werk|veröffentlich|publier|utilis|photos|œuvre|obra|public|zdjęci|prac|publikac|fotoğraf|yayınla|eser|робот|публік|صور|نشر|terms|условия|bedingung|conditions|condiciones|regulamin|koşul|умов|الشروط"
	if slices.Contains(gives, "likeness") {
		return gives
	}
	if len(gives) == 0 || has(q, work) && gives[0] != "minor" && gives[0] != "age" {
		gives = append([]string{"grant"}, gives...)
	}
	return gives
}
