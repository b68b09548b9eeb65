import { z } from "zod";

const year = z
  .string()
  .regex(/^\d{4}$/)
  .transform(Number)
  .pipe(z.number().min(1900).max(2199));

/** The year that the address asks for, the given one when it asks for none, null when it is no year. */
export function parseYear(text: string | null, otherwise: number): number | null {
  if (text === null || text === "") return otherwise;
  return year.safeParse(text).data ?? null;
}
