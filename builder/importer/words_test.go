package importer

import (
	"strings"
	"testing"
)

// TestGuess: questions as people write them, in every language of the program.
func TestGuess(t *testing.T) {
	for question, want := range map[string]string{
		"What is your name?": "author.name", "How shall we call you?": "author.name", "Your town": "author.place", "Full name": "contact.name",
		"Email address": "contact.email", "E-mail": "contact.email", "Phone number": "contact.phone", "Upload your photo": "media",
		"Title of your photo": "title", "Caption": "caption", "Tell us the story behind the photo": "media", "Why do you drink it like that?": "story",
		"Where was the photo taken?": "place", "When was it taken?": "taken", "Describe the photo for those who cannot see it": "alt",
		"I agree that you show my photo": "consent", "How old are you?": "age", "Licence": "license", "Instagram handle": "author.url",
		"May the people in your picture be shown?": "consent", "Likeness": "consent", "Sind Personen zu erkennen?": "consent", "Можно ли показать людей в кадре?": "consent",
		"Wizerunek": "consent", "Droit à l'image": "consent", "Favourite colour": "", "Tags": "tags", "Language of your text": "lang", "Your country": "author.country", "Date of birth": "contact.birth",

		"Как вас зовут?": "author.name", "Из какого вы города?": "author.place", "Фамилия": "contact.name", "Электронная почта": "contact.email",
		"Номер телефона": "contact.phone", "Прикрепите фото": "media", "Название работы": "title", "Расскажите историю": "story",
		"Согласие на публикацию": "consent", "Сколько вам лет?": "age", "Что изображено на фото?": "alt", "Ссылка на ваш профиль": "author.url",
		"Wie heißt du? (Name)": "author.name", "Wohnort": "author.place", "E-Mail-Adresse": "contact.email", "Bild hochladen": "media",
		"Ich bin einverstanden": "consent", "Erzähl uns deine Geschichte": "story", "Titel": "title", "Bist du volljährig?": "age",
		"Votre prénom": "author.name", "Votre ville": "author.place", "Adresse e-mail": "contact.email", "Votre photo": "media", "J'accepte": "consent",
		"Racontez votre histoire": "story", "Quel âge avez-vous ?": "age", "Titre": "title",
		"¿Cómo te llamas?": "author.name", "¿De qué ciudad eres?": "author.place", "Correo electrónico": "contact.email", "Sube tu foto": "media",
		"Acepto las condiciones": "consent", "Cuéntanos tu historia": "story", "Título": "title",
		"Jak masz na imię?": "author.name", "Miasto": "author.place", "Adres e-mail": "contact.email", "Dodaj zdjęcie": "media",
		"Wyrażam zgodę": "consent", "Opowiedz nam": "story", "Nazwisko": "contact.name",
		"Adınız": "author.name", "Şehir": "author.place", "E-posta": "contact.email", "Fotoğrafınızı yükleyin": "media", "Kabul ediyorum": "consent", "Hikayenizi anlatın": "story",
		"Як вас звати?": "author.name", "Ваше місто": "author.place", "Електронна пошта": "contact.email", "Завантажте світлину (файл)": "media",
		"Даю згоду на публікацію": "consent", "Розкажіть історію": "story", "Ваше ім'я": "author.name",
		"ما اسمك؟": "author.name", "المدينة": "author.place", "البريد الإلكتروني": "contact.email", "أوافق على نشر الصورة": "consent", "قصتك": "story",
	} {
		if got := guess(question); got != want {
			t.Errorf("%q is taken for %q, want %q", question, got, want)
		}
	}
}

// TestGuessGives: an accepted answer gives what its words say, and who speaks of
// the people in a picture gives no right in the picture.
func TestGuessGives(t *testing.T) {
	for said, want := range map[string]string{
		"Permission|You may use my photo": "grant", "Permission|My photo may stand there, with my name": "grant name", "Name|You may show my name": "name",
		"May the people in your picture be shown?|Yes": "likeness", "Consent|I may be recognised in the photo that you publish": "likeness",
		"Abbildung|Alle, die zu erkennen sind, sind einverstanden, und das Foto darf gezeigt werden": "likeness",
		"Согласие|Меня можно узнать на фото":                                                         "likeness", "Согласие|Разрешаю опубликовать фото": "grant", "Imagen|Pueden usar la foto": "grant",
		"Zgoda|Osoby na zdjęciu zgadzają się na publikację": "likeness", "Droit à l'image|Oui": "likeness", "Izin|Fotoğrafta tanınabilirim": "likeness",
		"Згода|Мене можна впізнати на фото": "likeness", "إذن|يمكن التعرف علي في الصورة": "likeness",
	} {
		question, answer, _ := strings.Cut(said, "|")
		if got := strings.Join(guessGives(question, answer), " "); got != want {
			t.Errorf("%q gives %s, want %s", said, got, want)
		}
	}
}
