import { Link } from "@remix-run/react";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { articleWords } from "~/documents/agreement-words";
import { formatDate, formatDateTime, NBSP } from "~/documents/french";
import type { loadPlanDeadline } from "~/features/action-plan/deadlines.server";
import type { AgreementDeadlines } from "~/features/agreements/deadlines.server";
import type { Dashboard, NextMeeting, WaitingDoor } from "~/features/dashboard/queries.server";
import { PresenceKey } from "~/ui/charts/presence-marks";
import { QuarterStrip } from "~/ui/charts/quarter-strip";
import { DecisionList } from "~/ui/decision-list";
import { DemoNotice } from "~/ui/demo-notice";
import { ButtonLink } from "~/ui/forms";
import { EmptyState, Page, Section } from "~/ui/page";
import { RulesBanner } from "~/ui/rules-banner";
import { Tag, type Tone } from "~/ui/status";

type DashboardPageProps = {
  readonly network: { readonly slug: string; readonly name: string; readonly isDemo: boolean };
  readonly displayName: string;
  readonly dashboard: Dashboard;
  readonly deadlines: DeadlinesProps["deadlines"];
};

export function DashboardPage({ network, displayName, dashboard, deadlines }: DashboardPageProps) {
  const root = `/reseaux/${network.slug}`;
  return (
    <Page title="Tableau de bord" lead={describeViewer(displayName, dashboard)}>
      <Section title="Ce qui vous attend" id="attente">
        <WaitingList root={root} waiting={dashboard.waiting} />
      </Section>
      <RulesBanner adopted={dashboard.areRulesAdopted} to={`${root}/parametres/reglement`} />
      <Section title="Prochaine séance" id="prochaine">
        <NextMeetingDoor root={root} next={dashboard.next} isSecretary={dashboard.isSecretary} />
      </Section>
      <Deadlines root={root} deadlines={deadlines} />
      <Section title={`Les quatre trimestres de ${dashboard.year}`} id="trimestres">
        <p>{dashboard.lead}</p>
        <QuarterStrip
          quarters={dashboard.quarters.map((quarter) => ({
            ...quarter,
            meetings: quarter.meetings.map((meeting) => ({
              ...meeting,
              name: <Link to={`${root}/seances/${meeting.id}`}>{formatDate(meeting.date)}</Link>,
            })),
          }))}
        />
        <PresenceKey />
        <p className="onward">
          <Link to={`${root}/quorum`}>Le suivi du quorum, siège par siège</Link>
        </p>
      </Section>
      <Section title="Dernières décisions" id="decisions">
        {dashboard.decisions.length === 0 ? (
          <EmptyState>
            <p>Les décisions du comité paraîtront ici dès le premier vote.</p>
          </EmptyState>
        ) : (
          <DecisionList root={root} decisions={dashboard.decisions} />
        )}
      </Section>
      {network.isDemo && <DemoNotice />}
    </Page>
  );
}

function describeViewer(displayName: string, { waiting, mySeats }: Dashboard): string {
  const seat =
    mySeats.length > 0 ? ` ${mySeats.length > 1 ? "Vos sièges" : "Votre siège"} : ${mySeats.join(", ")}.` : "";
  const things =
    waiting.length === 0
      ? "rien ne vous attend aujourd’hui."
      : waiting.length === 1
        ? "une chose vous attend."
        : `${waiting.length} choses vous attendent.`;
  return `${displayName}, ${things}${seat}`;
}

const URGENCY: Record<WaitingDoor["urgency"], readonly [Tone, string] | null> = {
  now: ["info", "Maintenant"],
  late: ["missed", "En retard"],
  soon: ["pending", "Bientôt"],
  later: null,
};

function WaitingList({ root, waiting }: { readonly root: string; readonly waiting: readonly WaitingDoor[] }) {
  if (waiting.length === 0)
    return (
      <EmptyState>
        <p>
          Rien ne vous attend. Ce que vous aurez à faire paraîtra ici : une convocation, un vote, un procès-verbal à
          relire.
        </p>
      </EmptyState>
    );
  return (
    <ol className="waiting-list">
      {waiting.map((door, index) => {
        const urgency = URGENCY[door.urgency];
        return (
          <li key={`${door.kind} ${door.path}`} data-urgency={door.urgency}>
            <div>
              <h3>
                {door.title} {urgency && <Tag tone={urgency[0]}>{urgency[1]}</Tag>}
              </h3>
              <p>
                {door.detail}
                {door.due && (
                  <>
                    {" "}
                    <strong>{door.due}</strong>
                  </>
                )}
              </p>
            </div>
            <ButtonLink to={`${root}/${door.path}`} look={index === 0 || door.urgency === "now" ? "main" : "quiet"}>
              {door.action}
            </ButtonLink>
          </li>
        );
      })}
    </ol>
  );
}

type DeadlinesProps = {
  readonly root: string;
  readonly deadlines: {
    readonly day: PlainDate;
    readonly agreement: AgreementDeadlines | null;
    readonly plan: Awaited<ReturnType<typeof loadPlanDeadline>>;
  };
};

/** What falls due next, by the text that binds the network and by the year's plan; nothing when neither asks for anything. */
function Deadlines({ root, deadlines: { day, agreement, plan } }: DeadlinesProps) {
  const { late = 0, next = null, over = null } = agreement ?? {};
  if (next === null && over === null && plan === null) return null;
  return (
    <Section title="Prochaines échéances" id="echeances">
      <ul>
        {over !== null && (
          <li>
            <Tag tone="missed">Convention terminée</Tag> La convention a pris fin le {formatDate(over.endedOn)} (
            {articleWords(over.article)}) : rien de nouveau ne se décide ni ne s’engage.{" "}
            <Link to={`${root}/conventions`}>Voir les conventions</Link>
          </li>
        )}
        {next !== null && (
          <li>
            {next.state === "late" && <Tag tone="missed">En retard</Tag>} Convention, {articleWords(next.article)}
            {NBSP}: <Link to={`${root}/obligations`}>{next.title}</Link>
            {next.dueOn === null ? ", dès que possible" : `, au plus tard le ${formatDate(next.dueOn)}`}.
            {late > 1 && ` ${late} obligations sont en retard.`}
          </li>
        )}
        {plan !== null && (
          <li>
            {plan.dueOn < day && <Tag tone="missed">En retard</Tag>}{" "}
            {plan.isMine ? "Plan d’actions, dont vous répondez" : "Plan d’actions"}
            {NBSP}: <Link to={`${root}/plan-d-actions/actions/${plan.actionKey}`}>{plan.title}</Link>
            {plan.deliverable !== null && `, livrable «${NBSP}${plan.deliverable}${NBSP}»`}, au plus tard le{" "}
            {formatDate(plan.dueOn)}.
          </li>
        )}
      </ul>
    </Section>
  );
}

const FORECASTS: Record<NonNullable<NextMeeting["forecast"]>["outcome"], readonly [Tone, string]> = {
  expected: ["reached", "Quorum prévu"],
  possible: ["pending", "Quorum possible"],
  "out-of-reach": ["missed", "Quorum hors d’atteinte"],
};

const STATES: Partial<Record<NextMeeting["status"], readonly [Tone, string]>> = {
  planned: ["neutral", "Pas encore convoquée"],
  open: ["info", "En cours"],
  suspended: ["pending", "Suspendue"],
};

type NextMeetingDoorProps = {
  readonly root: string;
  readonly next: NextMeeting | null;
  readonly isSecretary: boolean;
};

function NextMeetingDoor({ root, next, isSecretary }: NextMeetingDoorProps) {
  if (!next)
    return (
      <EmptyState>
        <p>Aucune séance n’est prévue.</p>
        {isSecretary && (
          <p className="onward">
            <Link to={`${root}/seances/nouvelle`}>Planifier une séance</Link>
          </p>
        )}
      </EmptyState>
    );
  const tag = next.forecast ? FORECASTS[next.forecast.outcome] : STATES[next.status];
  return (
    <div className="sheet next-meeting">
      <p className="next-meeting-date">
        <Link to={`${root}/seances/${next.id}`}>{formatDateTime(next.startsAt)}</Link>
      </p>
      <p>
        {next.title}, {next.place}
      </p>
      <p>
        {tag && <Tag tone={tag[0]}>{tag[1]}</Tag>} {next.forecast && <span>{next.forecast.sentence}.</span>}
      </p>
    </div>
  );
}
