import { localDateTime, parisLocalAt, toPlainTime } from "../../app/domain/kernel/paris-time";
import { addDays, addMonths, type PlainDate } from "../../app/domain/kernel/plain-date";
import type { LibraryAccess, LibraryKind } from "../../app/domain/library/library";
import { addPaper, addVersion, changePaper, decideRetention } from "../../app/features/library/commands.server";
import { actAs, must, type Stage } from "./story";

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

type Paper = {
  readonly title: string;
  readonly kind: LibraryKind;
  readonly access: LibraryAccess;
  readonly fileName: string;
  readonly content: string;
  readonly note: string;
  /** Days before today. */
  readonly added: number;
  /** Months before today from which its retention counts. */
  readonly startsMonthsAgo: number | null;
};

const PAPERS: readonly Paper[] = [
  {
    ...{ title: "Convention du réseau, résumé des articles", kind: "agreement", access: "public", added: 320 },
    ...{ fileName: "convention-resume.md", note: "Résumé pour lire vite ; l’original signé est au CCAS pilote." },
    startsMonthsAgo: null,
    content: `# Convention du réseau, résumé

- Article 1 : mettre en commun des moyens humains et financiers, partager équitablement les dépenses.
- Article 3 : un comité de pilotage, un siège par CCAS et un pour la délégation départementale.
- Article 4 : budget de fonctionnement de 4 000 € par an, révisable ; le pilote avance, chaque CCAS rembourse selon sa population.
- Article 5 : salles, fluides et matériels prêtés gratuitement.
- Article 7 : au moins quatre réunions par an, évaluation quantitative et qualitative.
- Article 9 : un avenant demande l’accord des six conseils d’administration.
`,
  },
  {
    ...{ title: "Formulaire commun de demande d’aide facultative", kind: "form", access: "members", added: 280 },
    ...{
      fileName: "formulaire-aide-facultative.md",
      note: "Modèle vierge. Aucun formulaire rempli n’entre dans le portail.",
    },
    startsMonthsAgo: null,
    content: `# Demande d’aide facultative (modèle vierge)

1. Situation du foyer : composition, logement, ressources, charges.
2. Objet de la demande : énergie, alimentation, mobilité, santé, autre.
3. Autres aides demandées.
4. Avis du travailleur social, décision du CCAS.
`,
  },
  {
    ...{ title: "Guide de préparation de la journée annuelle", kind: "report", access: "members", added: 200 },
    ...{ fileName: "guide-journee-annuelle.md", note: "Répartition des tâches entre CCAS." },
    startsMonthsAgo: null,
    content: `# Journée annuelle : qui fait quoi

- CCAS d’accueil : salle, sonorisation, repas.
- CCAS pilote : invitations aux élus, bénévoles et professionnels, émargement par type d’acteur.
- Tous : covoiturage, mention du soutien des CCAS sur les supports.
`,
  },
  {
    ...{ title: "Factures de la première année, relevé", kind: "accounting", access: "lead", added: 310 },
    ...{ fileName: "releve-factures.txt", note: "Relevé de l’exercice clos ; les pièces sont chez le comptable." },
    startsMonthsAgo: 124,
    content: "Relevé des factures de l’exercice. Fournisseurs, montants, mandats : voir le comptable du CCAS pilote.\n",
  },
];

/** The library of the lead: a few papers, one with two versions, rules of retention, and one paper whose use has ended. */
export async function tellLibrary(stage: Stage, now: Date): Promise<void> {
  const { clock, folder } = stage;
  if (folder === null) return;
  const today = parisLocalAt(now).slice(0, 10) as PlainDate;
  const secretary = () => actAs(stage.db, clock, stage.networkId, stage.secretaryId);
  const moveTo = (date: PlainDate) => clock.moveTo(localDateTime(date, toPlainTime("11:15")));
  const dayAgo = (days: number): PlainDate => addDays(today, -days);
  const keys = new Map<string, string>();
  for (const { title, kind, access, fileName, content, note, added, startsMonthsAgo } of PAPERS) {
    moveTo(dayAgo(added));
    const key = clock.newId();
    keys.set(kind, key);
    const dutyStartsOn = startsMonthsAgo === null ? null : addMonths(today, -startsMonthsAgo);
    const sheet = { title, kind, access, dutyStartsOn };
    must(
      await addPaper(await secretary(), { key, sheet, file: { name: fileName, bytes: text(content) }, note }, folder),
    );
  }
  moveTo(dayAgo(150));
  const rules = [
    { kind: "agreement", years: 1, fate: "keep", note: "Depuis la fin de la convention." },
    { kind: "accounting", years: 10, fate: "destroy", note: "Depuis la clôture de l’exercice." },
    { kind: "form", years: null, fate: "sort", note: "Chaque version jusqu’à la suivante." },
  ] as const;
  for (const rule of rules) must(await decideRetention(await secretary(), rule));
  moveTo(dayAgo(60));
  const form = keys.get("form") ?? "";
  must(
    await addVersion(
      await secretary(),
      form,
      {
        ...{ key: clock.newId(), note: "Ajout de la mobilité aux motifs, à la demande de Bouvron." },
        file: {
          name: "formulaire-aide-facultative-v2.md",
          bytes: text(
            `${PAPERS[1]?.content ?? ""}5. Consentement à l’étude de la demande, et droits sur ses données.\n`,
          ),
        },
      },
      folder,
    ),
  );
  const agreement = PAPERS[0];
  if (agreement) {
    const { title, kind } = agreement;
    const sheet = { title, kind, access: "public" as const, dutyStartsOn: addMonths(today, 26) };
    must(await changePaper(await secretary(), keys.get("agreement") ?? "", { ...sheet, revision: 1 }));
  }
  clock.moveTo(parisLocalAt(now));
}
