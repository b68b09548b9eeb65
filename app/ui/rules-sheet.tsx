import { PRESET_SOURCES, type RulesContent } from "~/domain/committee/rules";
import { RULES_KEYS, type RulesKey } from "~/domain/committee/rules-check";
import { describeSetting, describeSource, partOf, RULES_LABELS, RULES_PART_TITLES } from "~/documents/rules-sentences";
import { Table } from "./table";

export const RULES_PARTS = [...new Set(RULES_KEYS.map(partOf))];

/** Every setting as a sentence, part by part, each part with its source. */
export function RulesSheet({ rules }: { readonly rules: RulesContent }) {
  return (
    <div className="rules-sheet">
      {RULES_PARTS.map((part) => (
        <section key={part}>
          <h3>{RULES_PART_TITLES[part]}</h3>
          <ul>
            {RULES_KEYS.filter((key) => partOf(key) === part).map((key) => (
              <li key={key}>{describeSetting(key, rules)}</li>
            ))}
          </ul>
          <p className="soft small">{describeSource(PRESET_SOURCES[part])}</p>
        </section>
      ))}
    </div>
  );
}

type DifferencesProps = {
  readonly caption: string;
  readonly keys: readonly RulesKey[];
  readonly before: { readonly label: string; readonly rules: RulesContent };
  readonly after: { readonly label: string; readonly rules: RulesContent };
};

/** The settings that differ, before and after. */
export function RulesDifferences({ caption, keys, before, after }: DifferencesProps) {
  return (
    <Table
      narrow="stack"
      caption={caption}
      columns={[
        { key: "setting", label: "Réglage", heading: true, cell: (key) => RULES_LABELS[key] },
        { key: "before", label: before.label, cell: (key) => describeSetting(key, before.rules) },
        { key: "after", label: after.label, cell: (key) => describeSetting(key, after.rules) },
      ]}
      rows={keys}
      rowKey={(key) => key}
    />
  );
}
