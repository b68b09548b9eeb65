/** A space that no line break may take, as French sets before « : » and « ; ». */
export const NO_BREAK_SPACE = "\u00a0";

/** « 1 siège », « 2 sièges ». Zero takes the singular in French. */
export function countOf(count: number, singular: string, plural: string): string {
  return `${count} ${count > 1 ? plural : singular}`;
}
