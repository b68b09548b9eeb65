import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { PRESET_SOURCES, type RulesContent } from "~/domain/committee/rules";
import { listChangedKeys, type RulesKey } from "~/domain/committee/rules-check";
import { describeSource, RULES_LABELS, RULES_PART_TITLES } from "~/documents/rules-sentences";
import { writeRulesDraft } from "~/features/rules/commands.server";
import { parseRulesDraft, toRulesFields, type RulesDraftFields } from "~/features/rules/form";
import { draftMessage, rulesFaultMessage } from "~/features/rules/messages.fr";
import { findRulesVersion } from "~/features/rules/queries.server";
import { getDb } from "~/services/db.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button, ButtonLink, ErrorSummary, RadioField, TextField, type Field, type Option } from "~/ui/forms";
import { Page } from "~/ui/page";
import { RulesDifferences, RULES_PARTS } from "~/ui/rules-sheet";

export const meta: MetaFunction = () => [{ title: "Modifier le projet de règlement" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "rules.draft", "draft");
  const version = await findRulesVersion(getDb(), network.id, requireParam(args.params, "id"));
  if (!version) throw notFound();
  return {
    slug: network.slug,
    version: { id: version.id, version: version.version, fingerprint: version.fingerprint },
    fields: toRulesFields(version.content),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "rules.draft", "draft");
  const rulesId = requireParam(args.params, "id");
  const submission = parseRulesDraft(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply(), conflict: null }, { status: 400 });
  const { known = "", ...content } = submission.value;
  const decision = await writeRulesDraft(command, { rulesId, content, known });
  if (decision.ok) return redirect(`/reseaux/${network.slug}/parametres/reglement/${rulesId}?fait=projet`);
  const { refusal } = decision;
  if (refusal.kind === "unknown-rules") throw notFound();
  if (refusal.kind === "faulty-content") {
    const fieldErrors = Object.fromEntries(refusal.faults.map((fault) => [fault.key, [rulesFaultMessage(fault)]]));
    return data({ result: submission.reply({ fieldErrors }), conflict: null }, { status: 400 });
  }
  const result = submission.reply({ formErrors: [draftMessage(refusal)] });
  const conflict = refusal.kind === "changed-meanwhile" ? differencesWith(refusal.current, content) : null;
  return data({ result, conflict }, { status: 409 });
}

function differencesWith(current: RulesContent, typed: RulesContent) {
  return { current, typed, keys: listChangedKeys(current, typed) };
}

const YES_NO: readonly Option[] = [
  { value: "oui", label: "Oui" },
  { value: "non", label: "Non" },
];
const COMPARISONS: readonly Option[] = [
  { value: "more-than", label: "Plus de cette part" },
  { value: "at-least", label: "Au moins cette part" },
];

type Control =
  | { readonly as: "yes-no"; readonly label: string }
  | { readonly as: "choice"; readonly label: string; readonly options: readonly Option[] }
  | { readonly as: "text"; readonly label: string; readonly hint?: string; readonly optional?: boolean };

const FRACTION_HINT = "Une fraction : 1/2, 1/3, 2/3…";

const CONTROLS: Record<RulesKey, Control> = {
  "quorum.base": {
    as: "choice",
    label: RULES_LABELS["quorum.base"],
    options: [
      { value: "seats-in-office", label: "Les sièges pourvus" },
      { value: "all-seats", label: "Tous les sièges, vacants compris" },
    ],
  },
  "quorum.share": { as: "text", label: "Part des sièges qui doivent être présents", hint: FRACTION_HINT },
  "quorum.comparison": { as: "choice", label: "Il en faut", options: COMPARISONS },
  "quorum.remoteCounts": { as: "yes-no", label: "Un siège présent à distance compte-t-il dans le quorum ?" },
  "quorum.consultativeSeatsCount": { as: "yes-no", label: "Un siège à voix consultative compte-t-il dans le quorum ?" },
  "quorum.withdrawnLeaveBase": {
    as: "yes-no",
    label: "Un siège qui se déporte sort-il du calcul du quorum, pour ce point ?",
  },
  "secondConvening.quorum": {
    as: "choice",
    label: "Faute de quorum, la seconde convocation",
    options: [
      { value: "none", label: "Permet de délibérer quel que soit le nombre de présents" },
      { value: "same", label: "Reste soumise au même quorum" },
    ],
  },
  "majority.base": {
    as: "choice",
    label: RULES_LABELS["majority.base"],
    options: [
      { value: "votes-cast", label: "Les suffrages exprimés : pour et contre" },
      { value: "present-and-represented", label: "Les sièges présents ou représentés" },
      { value: "seats-in-office", label: "Les sièges pourvus" },
    ],
  },
  "majority.share": { as: "text", label: "Part des voix pour adopter", hint: FRACTION_HINT },
  "majority.comparison": { as: "choice", label: "Il en faut", options: COMPARISONS },
  "castingVote.holder": {
    as: "choice",
    label: "En cas de partage des voix",
    options: [
      { value: "chair", label: "La voix de la présidence de séance est prépondérante" },
      { value: "none", label: "La proposition est rejetée" },
    ],
  },
  "castingVote.inSecretBallot": { as: "yes-no", label: "La voix prépondérante joue-t-elle aussi au vote secret ?" },
  "proxies.allowed": { as: "yes-no", label: "Les pouvoirs sont-ils admis ?" },
  "proxies.perHolder": { as: "text", label: "Nombre de pouvoirs qu’un siège peut porter" },
  "proxies.consecutiveMeetings": {
    as: "text",
    label: "Nombre de séances de suite où un siège peut donner pouvoir",
    hint: "Vide : pas de limite.",
    optional: true,
  },
  "notice.days": { as: "text", label: "Délai entre l’envoi de la convocation et la séance, en jours" },
  "notice.counting": {
    as: "choice",
    label: "Le délai se compte",
    options: [
      { value: "days", label: "En jours", hint: "Le jour de la séance compte, pas celui de l’envoi." },
      { value: "clear-days", label: "En jours francs", hint: "Ni le jour de l’envoi ni celui de la séance." },
    ],
  },
  "notice.urgencyAllowed": {
    as: "yes-no",
    label: "Le délai peut-il être abrégé en cas d’urgence, pour un motif écrit ?",
  },
  "secretBallot.requestShare": {
    as: "text",
    label: "Part des sièges présents qui peut demander le vote secret",
    hint: FRACTION_HINT,
  },
  "secretBallot.remoteAllowed": { as: "yes-no", label: "Un siège à distance peut-il prendre part à un vote secret ?" },
  "remoteAttendance.allowed": { as: "yes-no", label: "Peut-on siéger à distance ?" },
  departmentSeat: {
    as: "choice",
    label: "Le siège du Département",
    options: [
      { value: "votes", label: "Vote sur toutes les questions" },
      { value: "advises-on-expenses", label: "Vote, sauf sur les dépenses" },
      { value: "advises", label: "A voix consultative" },
    ],
  },
  "writtenConsultation.allowed": { as: "yes-no", label: "La consultation écrite est-elle admise ?" },
  "writtenConsultation.minimumDays": { as: "text", label: "Durée minimale d’une consultation écrite, en jours" },
  "rhythm.meetingsPerYear": { as: "text", label: "Nombre minimal de séances par an" },
  "rhythm.onePerQuarter": { as: "yes-no", label: "Faut-il une séance par trimestre civil ?" },
  "rhythm.inquorateMeetingsCount": { as: "yes-no", label: "Une séance sans quorum compte-t-elle comme tenue ?" },
  "minutes.publicationDays": {
    as: "text",
    label: "Délai de publication du procès-verbal après son adoption, en jours",
  },
};

function SettingControl({ field, control }: { readonly field: Field; readonly control: Control }) {
  switch (control.as) {
    case "yes-no":
      return <RadioField field={field} label={control.label} options={YES_NO} />;
    case "choice":
      return <RadioField field={field} label={control.label} options={control.options} />;
    case "text":
      return (
        <TextField
          field={field}
          label={control.label}
          data-width="short"
          {...(control.hint ? { hint: control.hint } : {})}
          {...(control.optional ? { optional: true } : {})}
        />
      );
  }
}

export default function EditRulesPage() {
  const { slug, version, fields: written } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const lastResult = answer?.result;
  const [form, fields] = useForm<RulesDraftFields>({
    id: "reglement",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: written,
  });
  const root = `/reseaux/${slug}/parametres/reglement`;
  const fieldOf = (key: RulesKey): Field | undefined => {
    const [part, setting] = key.split(".") as [keyof RulesContent, string | undefined];
    if (setting === undefined) return fields[part] as Field;
    return (fields[part] as unknown as { getFieldset: () => Record<string, Field> }).getFieldset()[setting];
  };
  return (
    <Page
      title={`Modifier le projet de règlement, version ${version.version}`}
      lead="Chaque réglage est une règle que le comité adoptera par un vote."
      crumbs={[
        { label: "Règlement de fonctionnement", to: root },
        { label: `Version ${version.version}`, to: `${root}/${version.id}` },
      ]}
    >
      <ErrorSummary form={form} />
      {answer?.conflict && (
        <RulesDifferences
          caption="Ce qui diffère entre le projet enregistré et votre saisie"
          keys={answer.conflict.keys}
          before={{ label: "Projet enregistré", rules: answer.conflict.current }}
          after={{ label: "Votre saisie", rules: answer.conflict.typed }}
        />
      )}
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="known" value={version.fingerprint} />
        {RULES_PARTS.map((part) => (
          <fieldset key={part}>
            <legend>
              <h2>{RULES_PART_TITLES[part]}</h2>
            </legend>
            <p className="soft small">{describeSource(PRESET_SOURCES[part])}</p>
            {(Object.keys(CONTROLS) as RulesKey[])
              .filter((key) => key === part || key.startsWith(`${part}.`))
              .map((key) => {
                const field = fieldOf(key);
                return field && <SettingControl key={key} field={field} control={CONTROLS[key]} />;
              })}
          </fieldset>
        ))}
        <div className="row">
          <Button>Enregistrer le projet</Button>
          <ButtonLink to={`${root}/${version.id}`} look="quiet">
            Revenir sans enregistrer
          </ButtonLink>
        </div>
      </Form>
    </Page>
  );
}
