/** Where a rule comes from, as shown next to what it decides. */
export type LegalSource = {
  /** « CASF, art. R.123-17 », « Convention, art. 7 ». */
  readonly reference: string;
  /** What applies the article here: it binds, or the committee took it as a model. */
  readonly standing: "binding" | "model";
};
