const phrases = (list: string): readonly string[] => list.split(',').map((phrase) => phrase.trim())

/** How mail programs begin the subject of an absence notice, in the languages they speak. */
const ABSENCE = phrases(`
  automatic reply, automatic response, automated reply, automated response, auto reply, auto-reply, autoreply, auto response,
  auto-response, autoresponse, out of office, out of the office, out-of-office, ooo, away from my mail, vacation,
  vacation reply, automatische antwort, abwesenheitsnotiz, abwesenheit, abwesend, abwesenheitsmeldung, nicht im büro,
  réponse automatique, reponse automatique, absence du bureau, absent du bureau, message d'absence, respuesta automática,
  respuesta automatica, fuera de la oficina, fuera de oficina, risposta automatica, fuori sede, fuori ufficio,
  automatisch antwoord, automatische reactie, afwezig, afwezigheidsbericht, niet aanwezig, resposta automática,
  resposta automatica, ausência temporária, fora do escritório, automatisk svar, autosvar, automatiskt svar,
  automatisk besvarelse, frånvaro, frånvaromeddelande, fravær, fraværsmeddelelse, ikke til stede, automaattinen vastaus,
  poissaoloviesti, poissa toimistosta, automatyczna odpowiedź, odpowiedź automatyczna, autoodpowiedź, nieobecność, poza biurem,
  automatická odpověď, mimo kancelář, automatická odpoveď, mimo kancelárie, automatikus válasz, házon kívül, irodán kívül,
  răspuns automat, raspuns automat, otomatik yanıt, otomatik cevap, ofis dışında, αυτόματη απάντηση, εκτός γραφείου,
  автоматический ответ, автоответ, вне офиса, автоматична відповідь, автоматичен отговор, samodejni odgovor, automatski odgovor,
  automatinis atsakymas, automātiska atbilde, automaatvastus, sjálfvirkt svar, resposta automàtica, 自动回复, 自動回覆, 自動返信, 自動応答,
  不在通知, 자동 회신, 자동 응답, 부재 중, trả lời tự động, balasan otomatis, jawapan automatik, ตอบกลับอัตโนมัติ, תשובה אוטומטית,
  מענה אוטומטי, رد تلقائي, پاسخ خودکار, स्वचालित उत्तर
`)

/** How mail servers begin the subject of a failed delivery. */
const BOUNCE = phrases(`
  undeliverable, undelivered mail, undelivered message, undeliverable mail, mail delivery failed, mail delivery failure,
  mail delivery system, delivery status notification, delivery failure, delivery failed, delivery notification, delivery error,
  failure notice, failed mail, returned mail, returned to sender, message could not be delivered, could not send message,
  non-deliverable, nondeliverable, notification d'échec, warning: could not send, warning: message, unzustellbar,
  zustellung fehlgeschlagen, mail konnte nicht zugestellt, benachrichtigung zum übermittlungsstatus, non remis, non remise,
  échec de la remise, courrier non remis, no se puede entregar, no entregado, correo devuelto, non recapitabile,
  mancato recapito, onbestelbaar, niet bezorgd, não entregue, falha na entrega, ikke levert, kan ikke leveres, uleverbar,
  kunde inte levereras, olevererbart, toimitus epäonnistui, ei voitu toimittaa, niedostarczalne, nie można dostarczyć,
  niedoręczone, nedoručitelné, nedoručiteľné, kézbesíthetetlen, imposibil de livrat, teslim edilemedi, αδύνατη η παράδοση,
  недоставленное сообщение, не удалось доставить, неможливо доставити, 无法投递, 退信, 系统退信, 無法傳遞, 未送達, 配信不能, 配信できませんでした, 배달되지 않음,
  배달 실패, không gửi được
`)

const pattern = (list: readonly string[]) => list.map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
const ABSENCE_START = new RegExp(
  `^\\s*(?:\\[?auto\\]?\\s*[:：]|(?:\\[\\w+\\]\\s*)?(?:${pattern(ABSENCE)})\\s*(?:[:：(\\[]|\\s-\\s|$|(?:re|aw|sv|autoreply|notification|reply|message|is on|assistant)\\b))`,
  'iu',
)
const BOUNCE_START = new RegExp(`^\\W*(?:${pattern(BOUNCE)})`, 'iu')

/** "Automatic reply: Your order", not a person's "Automatic reply does not work" nor an answer to one ("Re: …"). */
export function isAbsenceSubject(subject: string): boolean {
  return ABSENCE_START.test(subject)
}

export function isBounceSubject(subject: string): boolean {
  return BOUNCE_START.test(subject)
}
