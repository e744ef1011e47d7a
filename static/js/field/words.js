/* Words come from the page, so that the catalogues stay their only source. */

/* `say("sending", {done: 3, all: 12})` fills the places of the sentence that the page brought under that name. */
export function wordsOf(element) {
  const words = { ...JSON.parse(element.dataset.words), ...JSON.parse(element.dataset.more || "{}") };
  const said = (fact) => (isDay(fact) ? dayWords(fact) : fact);
  return (name, facts = {}) => words[name].replace(/\{(\w+)\}/g, (whole, fact) => (fact in facts ? said(facts[fact]) : whole));
}

/* Whether a value is a day as forms hold it: 2026-11-30. */
export function isDay(value) {
  return /^\d{4}-\d\d-\d\d$/.test(value);
}

/* Such a day as people read it: 2026年11月30日, 30 Nov 2026. */
export function dayWords(day) {
  const [language, dateStyle] = document.documentElement.lang === "en" ? ["en-GB", "medium"] : ["zh-CN", "long"];
  return new Date(day).toLocaleDateString(language, { dateStyle, timeZone: "UTC" });
}

/* The day of a moment as days go in Shandong: 2026-11-30. */
export function dayOf(milliseconds) {
  return new Date(milliseconds + 288e5).toISOString().slice(0, 10);
}

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });

/* A moment as clocks in Shandong show it, wherever the phone believes itself to be: 14:07; of another day with its day. */
export function clockTime(at) {
  const moment = new Date(at);
  const [time, day] = [CLOCK.format(moment), dayOf(moment.getTime())];
  return day === dayOf(Date.now()) ? time : `${dayWords(day)} ${time}`;
}
