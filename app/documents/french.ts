import type { Cents } from "~/domain/kernel/money";
import { dateOf, readParisClock, timeOf, type LocalDateTime, type PlainTime } from "~/domain/kernel/paris-time";
import { quarterOf, weekdayOf, type PlainDate } from "~/domain/kernel/plain-date";

/** How French readers expect dates, times, amounts and counts. Non-breaking where a line must not break. */
export const NBSP = "\u00a0";
export const NNBSP = "\u202f";

const MONTHS = [
  ...["janvier", "février", "mars", "avril", "mai", "juin"],
  ...["juillet", "août", "septembre", "octobre", "novembre", "décembre"],
] as const;
const WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"] as const;

function monthName(date: PlainDate): string {
  return MONTHS[Number(date.slice(5, 7)) - 1] ?? "";
}

function dayNumber(date: PlainDate): string {
  const day = Number(date.slice(8, 10));
  return day === 1 ? "1er" : String(day);
}

/** « 14 décembre 2026 » */
export function formatDate(date: PlainDate): string {
  return `${dayNumber(date)}${NBSP}${monthName(date)} ${date.slice(0, 4)}`;
}

/** « lundi 14 décembre 2026 » */
export function formatLongDate(date: PlainDate): string {
  return `${WEEKDAYS[weekdayOf(date) - 1] ?? ""} ${formatDate(date)}`;
}

/** « 14/12/2026 » */
export function formatShortDate(date: PlainDate): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

/** « 18 h 30 », « 18 h » */
export function formatTime(time: PlainTime): string {
  const minutes = time.slice(3, 5);
  return `${Number(time.slice(0, 2))}${NBSP}h${minutes === "00" ? "" : `${NBSP}${minutes}`}`;
}

/** « lundi 14 décembre 2026 à 18 h 30 » */
export function formatDateTime(local: LocalDateTime): string {
  return `${formatLongDate(dateOf(local))} à${NBSP}${formatTime(timeOf(local))}`;
}

/** The time that a meeting is planned at. In the hour of October that the clock tells twice, the first is meant, and it is said: « (heure d’été) ». */
export function formatPlannedAt(local: LocalDateTime): string {
  return readParisClock(local).kind === "repeated" ? `${formatDateTime(local)} (heure d’été)` : formatDateTime(local);
}

/** « 4e trimestre 2026 » */
export function formatQuarter(date: PlainDate): string {
  const { year, quarter } = quarterOf(date);
  return `${quarter === 1 ? "1er" : `${quarter}e`} trimestre ${year}`;
}

/** « 12 345 » */
export function formatInteger(value: number): string {
  const digits = String(Math.abs(Math.trunc(value))).replace(/\B(?=(\d{3})+(?!\d))/g, NNBSP);
  return value < 0 ? `−${digits}` : digits;
}

/** « 1 775,43 € » */
export function formatCents(cents: Cents): string {
  const absolute = Math.abs(cents);
  const euros = `${formatInteger(Math.floor(absolute / 100))},${String(absolute % 100).padStart(2, "0")}${NBSP}€`;
  return cents < 0 ? `−${euros}` : euros;
}

/** « 44,4 % » from a share between 0 and 1. */
export function formatPercent(share: number, decimals = 1): string {
  return `${(share * 100).toFixed(decimals).replace(".", ",")}${NBSP}%`;
}

/** « 1 siège », « 4 sièges »: French counts 0 and 1 as one. */
export function count(value: number, one: string, many: string): string {
  return `${formatInteger(value)}${NBSP}${Math.abs(value) < 2 ? one : many}`;
}

/** « au CCAS de Blain », « au Département de Loire-Atlantique », « à l’UDCCAS du Nord », « à la Ville de Sceaux »; another name takes no article. */
export function toSeat(label: string): string {
  if (/^(CCAS|CIAS|Département|Centre|Conseil)\b/.test(label)) return `au ${label}`;
  if (/^(Ville|Commune|Communauté|Métropole)\b/.test(label)) return `à la ${label}`;
  return /^(UDCCAS|Union|Association)\b/.test(label) ? `à l’${label}` : `à ${label}`;
}

/** « du Gâvre », « des Touches », « de Blain », « d’Erdeven » */
export function formatOfPlace(name: string): string {
  if (name.startsWith("Le ")) return `du ${name.slice(3)}`;
  if (name.startsWith("Les ")) return `des ${name.slice(4)}`;
  return formatOf(name);
}

/** « d’Élu·e référent·e », « de Secrétariat », « de Le Gall ». An H may be mute or not: « de ». */
export function formatOf(name: string): string {
  return /^[aàâäeéèêëiîïoôöuùûüyœ]/i.test(name) ? `d’${name}` : `de ${name}`;
}

/** « Blain, Bouvron et Le Gâvre » */
export function enumerate(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} et ${words.at(-1) ?? ""}`;
}
