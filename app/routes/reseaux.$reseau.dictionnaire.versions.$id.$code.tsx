import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import {
  cellKeyOf,
  DIRECTIONS,
  isEntered,
  listCells,
  PERIODS,
  UNITS,
  type Formula,
  type Indicator,
} from "~/domain/indicator/dictionary";
import { NBSP } from "~/documents/french";
import { DIRECTION_LABELS, nameCell, PERIOD_LABELS, UNIT_LABELS } from "~/documents/indicator-words";
import { changeDictionary } from "~/features/indicators/dictionary-commands.server";
import { MOST_DIMENSIONS, parseIndicator, writeCategories, type IndicatorFields } from "~/features/indicators/form";
import { dictionaryMessage } from "~/features/indicators/messages.fr";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { listDictionaries } from "~/services/indicator-record.server";
import { Button, CheckboxField, ErrorSummary, SelectField, TextArea, TextField } from "~/ui/forms";
import { IndicatorsNav } from "~/ui/indicators/indicators-nav";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Modifier un indicateur" }];

const NEW = "nouveau";

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "dictionary.draft");
  const dictionaries = await listDictionaries(command.db, network.id);
  const dictionary = dictionaries.find(({ id }) => id === requireParam(args.params, "id"));
  const code = args.params["code"] ?? "";
  const indicator = dictionary?.indicators.find((each) => each.code === code) ?? null;
  if (!dictionary || (indicator === null && code !== NEW)) throw notFound();
  const root = `/reseaux/${network.slug}`;
  const page = `${root}/dictionnaire/versions/${dictionary.id}`;
  if (dictionary.standing === "adopted" || dictionary.standing === "voting") throw redirect(page);
  const entered = dictionary.indicators.filter((each) => isEntered(each) && each.code !== code);
  return {
    ...{ root, page, version: dictionary.version, isNew: indicator === null },
    label: indicator?.label ?? "Nouvel indicateur",
    ...{ revision: dictionary.revision, series: indicator?.series ?? 1 },
    fields: writeFields(indicator, dictionary.revision),
    cells: entered.flatMap((each) =>
      listCells(each).map((ref) => ({ value: cellKeyOf(ref), label: nameCell(ref, each) })),
    ),
    others: entered.map((each) => ({ value: each.code, label: each.label })),
  };
}

/** The indicator as its form shows it; blank for a new one. */
function writeFields(indicator: Indicator | null, revision: number): IndicatorFields {
  const blank = { code: "", label: "", categories: "" };
  const written = indicator?.dimensions ?? [];
  return {
    known: String(revision),
    ...{ code: indicator?.code ?? "", section: indicator?.section ?? "", label: indicator?.label ?? "" },
    ...{ definition: indicator?.definition ?? "", filledBy: indicator?.filledBy ?? "" },
    ...{ unit: indicator?.unit ?? "persons", period: indicator?.period ?? "flow" },
    direction: indicator?.direction ?? "none",
    ...writeMeasure(indicator),
    ...writeFormula(indicator?.formula ?? null),
    ...{ series: String(indicator?.series ?? 1), breakReason: indicator?.breakReason ?? "" },
    ...((indicator?.isZeroInformative ?? true) ? { isZeroInformative: "on" as const } : {}),
    ...(indicator?.isBoundedByPopulation ? { isBoundedByPopulation: "on" as const } : {}),
    ...((indicator?.isPublished ?? true) ? { isPublished: "on" as const } : {}),
    dimensions: Array.from({ length: MOST_DIMENSIONS }, (_, rank) => {
      const dimension = written[rank];
      return dimension
        ? { code: dimension.code, label: dimension.label, categories: writeCategories(dimension) }
        : blank;
    }),
  };
}

function writeMeasure(indicator: Indicator | null) {
  const measure = indicator?.measure;
  if (measure?.kind !== "magnitude") return { measure: "count" as const };
  return {
    measure: "magnitude" as const,
    ...(measure.contributors === null ? {} : { contributors: measure.contributors }),
    ...(measure.largest === null ? {} : { largest: measure.largest }),
  };
}

function writeFormula(formula: Formula | null) {
  if (formula === null) return { formula: "none" as const };
  const [first, second] = formula.kind === "ratio" ? [formula.numerator, formula.denominator] : formula.terms;
  return {
    formula: formula.kind,
    ...(first ? { numerator: cellKeyOf(first) } : {}),
    ...(second ? { denominator: cellKeyOf(second) } : {}),
    per: String(formula.kind === "ratio" ? formula.per : 100),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "dictionary.draft");
  const id = requireParam(args.params, "id");
  const submission = parseIndicator(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { known, indicator } = submission.value;
  const formerCode = args.params["code"] === NEW ? null : (args.params["code"] ?? null);
  const decision = await changeDictionary(command, id, known, { kind: "write", formerCode, indicator });
  if (decision.ok) return redirect(`/reseaux/${network.slug}/dictionnaire/versions/${id}?fait=ecrit`, 303);
  if (decision.refusal.kind === "unknown-dictionary") throw notFound();
  return data({ result: submission.reply({ formErrors: [dictionaryMessage(decision.refusal)] }) }, { status: 409 });
}

const optionsOf = <Value extends string>(values: readonly Value[], labels: Record<Value, string>) =>
  values.map((value) => ({ value, label: labels[value] }));

export default function EditIndicatorPage() {
  const {
    root,
    page,
    version,
    label,
    isNew,
    revision,
    series,
    fields: defaults,
    cells,
    others,
  } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<IndicatorFields>({
    id: "indicateur",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: defaults,
  });
  return (
    <Page
      title={label}
      lead="Ce qui change ici s’appliquera aux campagnes ouvertes après le vote du comité."
      crumbs={[
        { label: "Dictionnaire", to: `${root}/dictionnaire` },
        { label: `Version ${version}`, to: page },
      ]}
    >
      <IndicatorsNav isMember />
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="known" value={revision} />
        <input type="hidden" name="series" value={series} />
        <TextField
          field={fields.code}
          label="Code"
          hint={`En capitales, chiffres et tirets${NBSP}: AF-DEM. Il ne change pas d’une version à l’autre.`}
          readOnly={!isNew}
        />
        <TextField field={fields.section} label="Rubrique" hint="Celle d’autres indicateurs, ou une nouvelle." />
        <TextField field={fields.label} label="Intitulé" />
        <TextArea
          field={fields.definition}
          label="Définition"
          hint="Ce qui est compté, ce qui ne l’est pas, à quelle date."
          rows={4}
        />
        <TextField field={fields.filledBy} label="Rempli par" hint="Une fonction, pas un nom." />
        <SelectField field={fields.unit} label="Unité" options={optionsOf(UNITS, UNIT_LABELS)} />
        <SelectField field={fields.period} label="Période" options={optionsOf(PERIODS, PERIOD_LABELS)} />
        <SelectField
          field={fields.direction}
          label="Sens de lecture"
          options={optionsOf(DIRECTIONS, DIRECTION_LABELS)}
        />
        <SelectField
          field={fields.measure}
          label="Nature"
          options={[
            { value: "count", label: "Un compte d’unités" },
            { value: "magnitude", label: "Une grandeur que plusieurs apportent (montant, repas, visites)" },
          ]}
        />
        <SelectField
          field={fields.contributors}
          label="Pour une grandeur : qui l’apporte"
          empty="Sans objet"
          options={others}
        />
        <SelectField
          field={fields.largest}
          label="Pour une grandeur : sa plus forte part"
          empty="Sans objet"
          options={others}
        />
        <fieldset className="field">
          <legend>Calcul</legend>
          <SelectField
            field={fields.formula}
            label="Saisi ou calculé"
            options={[
              { value: "none", label: "Saisi par les CCAS" },
              { value: "ratio", label: "Calculé : une case divisée par une autre" },
              { value: "sum", label: "Calculé : somme de deux cases" },
            ]}
          />
          <SelectField field={fields.numerator} label="Première case" empty="Sans objet" options={cells} />
          <SelectField field={fields.denominator} label="Seconde case" empty="Sans objet" options={cells} />
          <TextField
            field={fields.per}
            label="Pour combien d’unités de la seconde"
            inputMode="numeric"
            hint={`1 pour une moyenne, 100 pour un pourcentage.`}
          />
        </fieldset>
        <fieldset className="field">
          <legend>Secret et contrôles</legend>
          <CheckboxField field={fields.isZeroInformative} label="Un zéro se protège comme un petit nombre" />
          <CheckboxField field={fields.isBoundedByPopulation} label="Ne peut pas dépasser le nombre d’habitants" />
          <CheckboxField field={fields.isPublished} label="Entre dans les totaux montrés au réseau et au public" />
        </fieldset>
        <fieldset className="field">
          <legend>Ventilations</legend>
          <p className="hint">
            Une catégorie par ligne, «{NBSP}code{NBSP}: Intitulé{NBSP}»{NBSP}; un tiret devant une ligne en fait une
            partie de la ligne du dessus. Chaque unité comptée va dans une catégorie et une seule.
          </p>
          {fields.dimensions.getFieldList().map((row, index) => {
            const dimension = row.getFieldset();
            return (
              <fieldset className="field" key={row.key}>
                <legend>Ventilation {index + 1}</legend>
                <TextField field={dimension.code} label="Code" optional />
                <TextField field={dimension.label} label="Intitulé" optional />
                <TextArea field={dimension.categories} label="Catégories" optional rows={6} />
              </fieldset>
            );
          })}
        </fieldset>
        <fieldset className="field">
          <legend>Rupture de série</legend>
          <CheckboxField
            field={fields.breaksSeries}
            label="Rupture de série : ses chiffres ne se comparent plus aux précédents"
            hint="À cocher une fois, quand le sens change. Les deux séries ne seront jamais additionnées."
          />
          <TextField field={fields.breakReason} label="Pourquoi" optional />
        </fieldset>
        <Button>Enregistrer l’indicateur</Button>
      </Form>
    </Page>
  );
}
