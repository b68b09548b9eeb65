import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { yearOf } from "~/domain/kernel/plain-date";
import { tellMeetingsHeld } from "~/documents/quorum-tracking";
import { parseYear } from "~/features/quorum/form";
import { loadTracking, type SeatView, type TrackedMeetingView } from "~/features/quorum/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage } from "~/services/gate.server";
import { ComplianceTag } from "~/ui/charts/compliance-tag";
import { PresenceKey, PresenceMarks } from "~/ui/charts/presence-marks";
import { QuarterStrip } from "~/ui/charts/quarter-strip";
import { EmptyState, Page, Section } from "~/ui/page";
import { Tag } from "~/ui/status";
import { Table, type Column } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Suivi du quorum ${data.view.year} – ${data.network.name}` : "Suivi du quorum" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "quorum.read");
  const day = today(systemClock);
  const year = parseYear(new URL(args.request.url).searchParams.get("annee"), yearOf(day));
  if (year === null) throw notFound();
  return {
    network: { slug: network.slug, name: network.name },
    view: await loadTracking(command.db, network.id, year, day),
  };
}

const VERDICTS = {
  quorate: ["reached", "Quorum atteint"],
  free: ["info", "Aucun quorum exigé"],
  inquorate: ["missed", "Quorum non atteint"],
  "to-come": ["info", "À venir"],
} as const;

function Verdict({ verdict }: Pick<TrackedMeetingView, "verdict">) {
  const [tone, word] = VERDICTS[verdict];
  return <Tag tone={tone}>{word}</Tag>;
}

export default function QuorumPage() {
  const { network, view } = useLoaderData<typeof loader>();
  const root = `/reseaux/${network.slug}`;
  return (
    <Page title={`Suivi du quorum ${view.year}`} lead={view.lead}>
      <YearNavigation root={root} year={view.year} years={view.years} />
      <Section title="Le rythme de l’année" id="rythme">
        <p>
          <ComplianceTag state={view.yearly.state} /> {view.yearly.sentence}.
        </p>
        <p className="soft small">
          {view.rhythm}{" "}
          {view.rulesAreAdopted ? "Règlement du comité." : "Règles par défaut, que le comité n’a pas adoptées."}
        </p>
        <QuarterStrip
          quarters={view.quarters.map((quarter) => ({
            ...quarter,
            meetings: quarter.meetings.map((meeting) => ({
              ...meeting,
              name: <Link to={`${root}/seances/${meeting.id}`}>{meeting.when}</Link>,
            })),
          }))}
        />
        <PresenceKey />
      </Section>
      <Section title="Siège par siège" id="sieges">
        <p>
          Un siège est présent s’il a siégé, même une partie de la séance. Un siège vacant n’est pas un siège absent.
        </p>
        {view.held === 0 ? (
          <EmptyState>
            <p>Les présences de chaque siège paraîtront ici après la première réunion de l’année.</p>
          </EmptyState>
        ) : (
          <SeatPanels seats={view.seats} />
        )}
      </Section>
      <Section title="Les mêmes chiffres en tableaux" id="tableaux">
        <MeetingTable root={root} meetings={view.meetings} />
        <p>{tellMeetingsHeld(view)}</p>
        <SeatTable seats={view.seats} />
        <p className="screen-only">
          <a href={`${root}/quorum.csv?annee=${view.year}`}>Télécharger les présences {view.year} (CSV)</a>
        </p>
      </Section>
    </Page>
  );
}

type YearNavigationProps = { readonly root: string; readonly year: number; readonly years: readonly number[] };

function YearNavigation({ root, year, years }: YearNavigationProps) {
  return (
    <nav className="year-nav screen-only" aria-label="Années">
      <ul>
        {years.map((each) => (
          <li key={each}>
            <Link to={`${root}/quorum?annee=${each}`} aria-current={each === year ? "page" : undefined}>
              {each}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function SeatPanels({ seats }: { readonly seats: readonly SeatView[] }) {
  return (
    <ul className="seat-panels">
      {seats.map((seat) => (
        <li key={seat.id}>
          <h3>{seat.label}</h3>
          <div className="seat-quarters">
            {seat.quarters.map((marks, index) => (
              <div key={index}>
                <span className="small soft">T{index + 1}</span>
                {marks.length === 0 ? (
                  <span className="soft">–</span>
                ) : (
                  <PresenceMarks marks={marks} label={`T${index + 1} : ${describeMarks(marks)}`} />
                )}
              </div>
            ))}
          </div>
          <p className="small">{seat.sentence}</p>
        </li>
      ))}
    </ul>
  );
}

const MARK_WORDS = { present: "présent", absent: "absent", vacant: "siège vacant" } as const;

function describeMarks(marks: SeatView["quarters"][number]): string {
  return marks.map((mark) => MARK_WORDS[mark]).join(", ");
}

function MeetingTable({ root, meetings }: { readonly root: string; readonly meetings: readonly TrackedMeetingView[] }) {
  if (meetings.length === 0) return <p>Aucune réunion cette année.</p>;
  const columns: readonly Column<TrackedMeetingView>[] = [
    {
      key: "when",
      label: "Réunion",
      heading: true,
      cell: ({ id, when, number }) => (
        <>
          <Link to={`${root}/seances/${id}`}>{when}</Link> <span className="soft">({number})</span>
        </>
      ),
    },
    {
      key: "convening",
      label: "Convocation",
      cell: ({ isSecondConvening }) => (isSecondConvening ? "Seconde" : "Première"),
    },
    { key: "verdict", label: "Quorum", cell: ({ verdict }) => <Verdict verdict={verdict} /> },
    { key: "summary", label: "Ce qui a été constaté", cell: ({ summary }) => summary },
  ];
  return (
    <Table narrow="stack" caption="Réunions de l’année" columns={columns} rows={meetings} rowKey={({ id }) => id} />
  );
}

function SeatTable({ seats }: { readonly seats: readonly SeatView[] }) {
  const columns: readonly Column<SeatView>[] = [
    { key: "label", label: "Siège", heading: true, cell: ({ label }) => label },
    { key: "present", label: "Présences", number: true, cell: ({ present }) => present },
    { key: "absent", label: "Absences", number: true, cell: ({ absent }) => absent },
    { key: "vacant", label: "Réunions, siège vacant", number: true, cell: ({ vacant }) => vacant },
    { key: "rate", label: "Assiduité", cell: ({ sentence }) => sentence },
  ];
  return <Table caption="Présences par siège" columns={columns} rows={seats} rowKey={({ id }) => id} />;
}
