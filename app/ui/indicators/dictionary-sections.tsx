import { Form } from "@remix-run/react";
import { Button, ButtonLink } from "~/ui/forms";
import { Definitions, Section } from "~/ui/page";

type Entry = {
  readonly code: string;
  readonly label: string;
  readonly definition: string;
  readonly facts: readonly { readonly term: string; readonly detail: string }[];
  readonly dimensions: readonly { readonly label: string; readonly categories: string }[];
};

type Props = {
  readonly sections: readonly { readonly name: string; readonly indicators: readonly Entry[] }[];
  /** Address of the version, when it may be changed. */
  readonly editFrom?: string;
  readonly revision?: number;
};

/** The grid, heading by heading; what each indicator means before how it is counted. */
export function DictionarySections({ sections, editFrom, revision }: Props) {
  return (
    <>
      {sections.map(({ name, indicators }) => (
        <Section key={name} title={name}>
          {indicators.map((indicator) => (
            <article className="indicator-definition" key={indicator.code} id={indicator.code}>
              <h3>
                {indicator.label} <span className="soft">{indicator.code}</span>
              </h3>
              <p>{indicator.definition}</p>
              <Definitions
                entries={[
                  ...indicator.facts,
                  ...indicator.dimensions.map(({ label, categories }) => ({
                    term: `Par ${label.toLowerCase()}`,
                    detail: categories,
                  })),
                ]}
              />
              {editFrom !== undefined && (
                <div className="row">
                  <ButtonLink to={`${editFrom}/${indicator.code}`} look="small">
                    Modifier {indicator.code}
                  </ButtonLink>
                  <details>
                    <summary>Retirer {indicator.code}</summary>
                    <p>Il ne sera plus demandé. Les chiffres des années passées restent.</p>
                    <Form method="post">
                      <input type="hidden" name="known" value={revision} />
                      <input type="hidden" name="code" value={indicator.code} />
                      <Button look="small" name="acte" value="retirer">
                        Retirer de cette version
                      </Button>
                    </Form>
                  </details>
                </div>
              )}
            </article>
          ))}
        </Section>
      ))}
    </>
  );
}
