import { Link } from "@remix-run/react";
import { RULES_NOT_ADOPTED } from "~/documents/rules-sentences";
import { Notice } from "./status";

/** Says that nobody adopted the rules that apply; nothing once the committee has. @param to the page of the rules */
export function RulesBanner({ adopted, to }: { readonly adopted: boolean; readonly to: string }) {
  if (adopted) return null;
  return (
    <Notice tone="pending">
      <p>
        {RULES_NOT_ADOPTED} <Link to={to}>Lire ces règles</Link>
      </p>
    </Notice>
  );
}
