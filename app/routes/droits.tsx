import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { CAPACITIES, CAPACITY_LABELS, PERMISSIONS, type Action, type Capacity } from "~/domain/access/permissions";
import { findViewer } from "~/services/actor.server";
import { publicCaching } from "~/services/public-cache.server";
import { Section } from "~/ui/page";
import { SitePage } from "~/ui/site-page";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Qui peut faire quoi" }];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader({ request, context }: LoaderFunctionArgs) {
  return data(null, publicCaching(await findViewer(request, context)));
}

/** The first word of an action says what it is about; groups are read in this order. */
const GROUP_TITLES = {
  public: "Pages publiques",
  permissions: "Pages publiques",
  network: "Réseau et organismes",
  organization: "Réseau et organismes",
  person: "Personnes et rôles",
  account: "Personnes et rôles",
  role: "Personnes et rôles",
  directory: "Personnes et rôles",
  seat: "Sièges et mandats",
  mandate: "Sièges et mandats",
  rules: "Règlement de fonctionnement",
  meeting: "Séances",
  agenda: "Ordre du jour",
  reply: "Présences et pouvoirs",
  attendance: "Présences et pouvoirs",
  withdrawal: "Présences et pouvoirs",
  proxy: "Présences et pouvoirs",
  poll: "Votes et consultations écrites",
  consultation: "Votes et consultations écrites",
  expense: "Dépenses",
  invoice: "Dépenses",
  budget: "Argent du réseau",
  "account-code": "Argent du réseau",
  funding: "Argent du réseau",
  event: "Argent du réseau",
  "staff-time": "Argent du réseau",
  "in-kind": "Argent du réseau",
  subsidy: "Argent du réseau",
  control: "Argent du réseau",
  "action-plan": "Plan d’actions et évaluation",
  evaluation: "Plan d’actions et évaluation",
  practice: "Plan d’actions et évaluation",
  minutes: "Procès-verbaux",
  dictionary: "Recueil d’indicateurs",
  campaign: "Recueil d’indicateurs",
  release: "Recueil d’indicateurs",
  submission: "Recueil d’indicateurs",
  "shared-form": "Recueil d’indicateurs",
  observation: "Observatoire",
  analysis: "Observatoire",
  quorum: "Suivi, documents et registre",
  document: "Suivi, documents et registre",
  library: "Suivi, documents et registre",
  archive: "Archive et passation",
  handover: "Archive et passation",
  register: "Suivi, documents et registre",
  outbox: "Suivi, documents et registre",
  agreement: "Convention et obligations",
  clarification: "Convention et obligations",
  figures: "Suivi, documents et registre",
  audit: "Suivi, documents et registre",
} as const satisfies Record<Subject, string>;

type Subject = Action extends `${infer Word}.${string}` ? Word : never;

const ACTIONS = Object.keys(PERMISSIONS) as readonly Action[];

function subjectOf(action: Action): Subject {
  return action.slice(0, action.indexOf(".")) as Subject;
}

const GROUPS = [...new Set(Object.values(GROUP_TITLES))].map((title) => ({
  title,
  actions: ACTIONS.filter((action) => GROUP_TITLES[subjectOf(action)] === title),
}));

export default function PermissionsPage() {
  return (
    <SitePage title="Qui peut faire quoi" lead="Le portail lit ce même tableau pour accepter ou refuser chaque action.">
      <p>
        Une personne peut avoir plusieurs qualités, et n’en a que dans son réseau. Beaucoup d’actions dépendent aussi du
        moment{NB}: voter, par exemple, n’est possible que pendant un scrutin.
      </p>
      {GROUPS.map(({ title, actions }) => (
        <Section key={title} title={title}>
          <Table
            narrow="stack"
            caption={`Droits : ${title.toLowerCase()}`}
            captionHidden
            columns={[
              { key: "action", label: "Action", heading: true, cell: (action) => <ActionName action={action} /> },
              ...CAPACITIES.map((capacity) => ({
                key: capacity,
                label: CAPACITY_LABELS[capacity],
                cell: (action: Action) => <Mark granted={isGranted(action, capacity)} />,
              })),
            ]}
            rows={actions}
            rowKey={(action) => action}
          />
        </Section>
      ))}
    </SitePage>
  );
}

const NB = "\u00a0";

function isGranted(action: Action, capacity: Capacity): boolean {
  return PERMISSIONS[action].roles.includes(capacity);
}

function ActionName({ action }: { readonly action: Action }) {
  const { label, note } = PERMISSIONS[action];
  return (
    <>
      {label}
      {note && <span className="permission-note">{note}</span>}
    </>
  );
}

function Mark({ granted }: { readonly granted: boolean }) {
  return granted ? (
    <span className="permission-mark">
      <span aria-hidden="true">✓</span>
      <span className="visually-hidden">Oui</span>
    </span>
  ) : (
    <span className="visually-hidden permission-none">Non</span>
  );
}
