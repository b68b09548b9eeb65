/** What the commands of this feature refuse, apart from the rules' own reasons. */
export type RequestRefusal = "requested-in-the-future";
