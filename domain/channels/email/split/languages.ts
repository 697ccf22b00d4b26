/**
 * What mail programs write around a quoted message, in the languages they speak. Kept as plain lists so that a
 * speaker can add one without reading code. Case does not matter; `…` stands for a name.
 */

const phrases = (list: string): readonly string[] => list.split(',').map((phrase) => phrase.trim())

/** "… wrote:" where the verb ends the line. */
export const WROTE_LAST = phrases(`
  wrote, pisze, a écrit, écrit, a ecrit, ha scritto, scrisse, escribió, escribio, ha escrito, va escriure, ha escrit,
  escreveu, schrieb, geschrieben, geschreven, schreef, skrev, skrev följande, skrev følgende, skreiv, skrifaði, kirjoitti,
  kirjutas, rakstīja, rašė, parašė, napisał, napisała, napisał(a), napisal, napsal, napsala, napsal(a), napísal, napísala,
  napísal(a), je napisao, je napisala, je napisao/la, je napisal, napisao je, írta, ezt írta, a scris, yazdı, şunu yazdı,
  şunları yazdı, yazmış, έγραψε, пишет, писал, писала, писал(а), написал, написала, написал(а), написав, пише, написа, написао,
  је написао/ла, 写道, 寫道, 書きました, のメール, 작성, 작성함, 썼습니다, đã viết, menulis, เขียน, כתב, כתבה, כתב/ה, كتب, نوشت
`)

/** "schrieb …:" where the name follows the verb. */
export const WROTE_FIRST = phrases(`
  schrieb, hat … geschrieben, schreef, heeft … geschreven, skrev, kirjoitti, escribió, ha scritto, a écrit, napisał, skreiv,
  שלח, כתב, كتب, pisze, пише, писал, napisao je, escreveu
`)

/** Header names that programs copy above the quoted message, by what they say. */
export const HEADER_NAMES = {
  from: phrases(`
  From, Von, Absender, De, Expéditeur, Da, Mittente, Remitente, Remetente, Van, Afzender, Fra, Avsender, Afsender, Från,
  Avsändare, Frá, Lähettäjä, Od, Nadawca, Odesílatel, Odosielateľ, Pošiljatelj, Pošiljalac, Feladó, De la, Expeditor, Kimden,
  Gönderen, Από, От, От кого, Від, Од, Saatja, No, Nuo, 发件人, 發件人, 寄件者, 寄件人, 差出人, 送信者, 보낸 사람, 보낸사람, Từ, Người gửi, Dari, จาก,
  מאת, من, از, D', Nga
`),
  sent: phrases(`
  Sent, Gesendet, Gesendet am, Envoyé, Envoyé le, Message du, Enviado, Enviado el, Enviado em, Enviada em, Enviada, Enviat,
  Inviato, Inviato il, Inviata, Verzonden, Verzonden op, Sendt, Skickat, Lähetetty, Wysłane, Wysłano, Odesláno, Odoslané,
  Poslano, Poslato, Elküldve, Küldve, Trimis, Gönderildi, Gönderme Tarihi, Στάλθηκε, Εστάλη, Отправлено, Надіслано, Изпратено,
  Послато, Saadetud, Nosūtīts, Išsiųsta, 发送时间, 發送時間, 寄件日期, 送信日時, 送信日, 보낸 날짜, 날짜, Đã gửi, Dikirim, ส่ง, נשלח, تاريخ الإرسال,
  تم الإرسال
`),
  date: phrases(`
  Date, Datum, Data, Fecha, Dato, Dags, Päivämäärä, Päiväys, Dátum, Dată, Tarih, Ημερομηνία, Дата, Датум, Kuupäev, Datums, 日期,
  日付, 日時, 일자, Ngày, Tanggal, วันที่, תאריך, التاريخ, تاریخ
`),
  to: phrases(`
  To, An, Empfänger, À, A, Destinataire, Para, Per, Aan, Til, Till, Vastaanottaja, Do, Komu, Za, Prima, Címzett, Către, Kime,
  Alıcı, Προς, Кому, До, За, Kellele, Saaja, Kam, Adresatas, 收件人, 收件者, 宛先, 받는 사람, 받는사람, Đến, Tới, Kepada, ถึง, אל, إلى, به, I
`),
  copy: phrases(`
  Cc, Bcc, Kopie, Kopie an, Copie, Copie à, Cópia, Copia, Kopi, Kopia, Kopio, DW, UDW, Másolat, Másolatot kap, Bilgi, Κοιν,
  Κοινοποίηση, Копия, Копія, 抄送, 副本, 참조, עותק, نسخة
`),
  subject: phrases(`
  Subject, Betreff, Objet, Sujet, Asunto, Assumpte, Assunto, Oggetto, Onderwerp, Emne, Ämne, Efni, Aihe, Temat, Předmět,
  Predmet, Zadeva, Naslov, Tárgy, Subiect, Konu, Θέμα, Тема, Относно, Наслов, Teema, Temats, Tēma, Tema, 主题, 主題, 主旨, 件名, 제목,
  Chủ đề, Tiêu đề, Subjek, Perihal, หัวเรื่อง, เรื่อง, נושא, הנדון, الموضوع, موضوع
`),
  reply: phrases(`
  Reply-To, Reply to, Antwort an, Antworten an, Répondre à, Responder a, Rispondi a, Risposta, Beantwoorden, Antwoord aan,
  Svar til, Svara till, Vastausosoite, Odpowiedz do, Ответить, 回复, 返信先
`),
  importance: phrases(`
  Importance, Priority, Wichtigkeit, Attachments, Anlagen, Resent-From, Reply-By, Organization
`),
}

/** Between dashes above a message that follows whole. */
export const ORIGINAL_MESSAGE = phrases(`
  original message, original e-mail, original email, originalnachricht, ursprüngliche nachricht, ursprüngliche mail,
  original-nachricht, message d'origine, message original, message initial, mensaje original, mensagem original,
  messaggio originale, messaggio originario, oorspronkelijk bericht, origineel bericht, oorspronkelijke bericht,
  oprindelig besked, oprindelig meddelelse, original meddelelse, opprinnelig melding, opprinnelig meddelelse,
  ursprungligt meddelande, originalmeddelande, alkuperäinen viesti, wiadomość oryginalna, oryginalna wiadomość,
  treść oryginalnej wiadomości, původní zpráva, původní e-mail, pôvodná správa, izvorna poruka, originalna poruka,
  izvirno sporočilo, eredeti üzenet, mesaj original, mesajul original, özgün ileti, orijinal mesaj, orjinal mesaj,
  αρχικό μήνυμα, исходное сообщение, пересылаемое сообщение, вихідне повідомлення, оригинално съобщение, algne kiri,
  sākotnējā ziņa, pradinis pranešimas, 原始邮件, 原始郵件, 邮件原件, 元のメッセージ, 원본 메시지, 원본 메일, thư gốc, pesan asli, ข้อความเดิม, הודעה מקורית,
  الرسالة الأصلية, missatge original, upprunaleg skilaboð
`)

export const FORWARDED_MESSAGE = phrases(`
  forwarded message, forwarded email, begin forwarded message, weitergeleitete nachricht, anfang der weitergeleiteten nachricht,
  message transféré, message transmis, début du message transféré, début du message réexpédié, mensaje reenviado,
  inicio del mensaje reenviado, mensagem encaminhada, mensagem reencaminhada, início da mensagem encaminhada,
  messaggio inoltrato, inizio messaggio inoltrato, doorgestuurd bericht, begin doorgestuurd bericht, videresendt besked,
  videresendt meddelelse, videresendt melding, vidarebefordrat meddelande, välitetty viesti, edelleenlähetetty viesti,
  wiadomość przekazana, przekazana wiadomość, přeposlaná zpráva, preposlaná správa, proslijeđena poruka, továbbított üzenet,
  mesaj redirecționat, iletilmiş mesaj, yönlendirilmiş ileti, προωθημένο μήνυμα, пересланное сообщение, пересылаемое сообщение,
  переслане повідомлення, препратено съобщение, 转发的邮件, 已转发邮件, 轉寄郵件, 転送メッセージ, 전달된 메시지, thư đã chuyển tiếp, pesan terusan,
  הודעה שהועברה, الرسالة المعاد توجيهها
`)

/** Lines that phones put under what was written. `…` is whatever the owner's device is called, up to six words. */
export const DEVICE_SIGNATURES = phrases(`
  sent from my …, sent on the go, von meinem … gesendet, diese nachricht wurde von meinem … gesendet, envoyé de mon …,
  envoyé depuis mon …, enviado desde mi …, enviado do meu …, enviado a partir do meu …, enviat des del meu …, inviato dal mio …,
  verstuurd vanaf mijn …, verzonden vanaf mijn …, sendt fra min …, sendt fra mit …, skickat från min …, sent frá …,
  lähetetty … laitteesta, wysłane z mojego …, wysłano z mojego …, odesláno z mého …, odoslané z môjho …, poslano s mojega …,
  poslano s mojeg …, … cihazımdan gönderildi, στάλθηκε από το … μου, отправлено с моего …, надіслано з мого …, 发自我的 …,
  發自我的 …, 從我的 … 傳送, 从我的 … 发送, 나의 …에서 보냄, dikirim dari … saya, gửi từ … của tôi, ส่งจาก … ของฉัน
`)

/** The same by mail apps. The verbs alone are plain words ("sent via courier"): only with a brand is it a signature. */
export const APP_SIGNATURES = phrases(`
  sent from …, sent via …, sent using …, sent with …, get …, von … gesendet, gesendet von …, gesendet mit …, gesendet über …,
  gesendet aus …, diese nachricht wurde … gesendet, holen sie sich …, envoyé de …, envoyé depuis …, envoyé à partir de …, envoyé avec …, envoyé via …,
  télécharger …, obtenez …, enviado desde …, enviado de …, enviado do …, enviado con …, enviado com …, enviado via …, obtener …,
  obtén …, obter …, inviato da …, inviato con …, inviato tramite …, ottieni …, scarica …, verzonden vanuit …, verzonden met …, verstuurd met …,
  … downloaden, sendt fra …, sendt via …, hent …, skickat från …, skaffa …, hämta …, lähetetty …, hanki …, wysłane z …, wysłano z …, pobierz …,
  odesláno z …, odoslané z …, poslano iz …, poslano s …, küldve …, trimis de pe …, trimis din …, … gönderildi, στάλθηκε από …,
  отправлено с …, отправлено из …, надіслано з …, изпратено от …, 发自 …, 發自 …, … から送信, …から送信, … 에서 보냄, …에서 보냄,
  đã gửi từ …, dikirim dari …, ส่งจาก …, נשלח מ…, נשלח מה…, נשלח מ …, أُرسلت من …, مرسل من …
`)

/** Devices and mail apps by name. */
export const BRANDS = phrases(`
  iphone, iphon, ipad, ipod, ios, android, samsung, galaxy, huawei, xiaomi, redmi, oneplus, motorola, pixel phone, nokia, blackberry, windows phone,
  outlook, hotmail, mail for windows, windows mail, mail für windows, courrier pour windows, correo para windows, yahoo, gmail, gmx, web.de, t-online, freenet, proton, tutanota, tuta mail,
  fastmail, zoho, aol, mail.ru, яндекс, yandex, naver, libero, orange mail, sfr mail, thunderbird, spark, airmail, sparrow, typeapp,
  bluemail, mailspring, superhuman, postbox, mailbird, edison, newton mail, polymail, k-9, fairemail, sailfish, hey.com, roundcube, canary mail, apple mail
`)
