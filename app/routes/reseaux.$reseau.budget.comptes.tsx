import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { formatDate, NBSP } from "~/documents/french";
import { addSuggestedAccounts, recordAccount } from "~/features/budget/account-commands.server";
import { parseAccount, type AccountFields } from "~/features/budget/form";
import { accountMessage } from "~/features/budget/messages.fr";
import { listAccounts } from "~/features/budget/queries.server";
import { openMemberPage } from "~/services/gate.server";
import { Button, ErrorSummary, TextField } from "~/ui/forms";
import { MoneyNav } from "~/ui/money-nav";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Comptes d’imputation" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "budget.read");
  const accounts = await listAccounts(command.db, network.id);
  const params = new URL(args.request.url).searchParams;
  const edited = accounts.find(({ code }) => code === params.get("compte")) ?? null;
  return {
    ...{ accounts, edited },
    root: `/reseaux/${network.slug}`,
    mayEdit: can(viewer, "account-code.edit", { networkId: network.id }),
    isRecorded: params.get("fait") === "compte",
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "account-code.edit");
  const done = redirect(`/reseaux/${network.slug}/budget/comptes?fait=compte`, 303);
  const form = await args.request.formData();
  if (form.get("acte") === "proposer") {
    await addSuggestedAccounts(command);
    return done;
  }
  const submission = parseAccount(form);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await recordAccount(command, submission.value);
  if (decision.ok) return done;
  const result = submission.reply({ fieldErrors: { verifiedOn: [accountMessage(decision.refusal)] } });
  return data({ result }, { status: 409 });
}

export default function AccountsPage() {
  const { accounts, edited, root, mayEdit, isRecorded } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Comptes d’imputation"
      lead={`Les comptes parmi lesquels chaque dépense engagée choisit le sien. Aucun n’est retenu par défaut${NBSP}; tous sont à vérifier avec le comptable.`}
      crumbs={[{ label: "Budget", to: `${root}/budget` }]}
    >
      <MoneyNav />
      {isRecorded && (
        <Notice tone="reached" role="status">
          <p>La liste des comptes est enregistrée.</p>
        </Notice>
      )}
      {accounts.length === 0 ? (
        <EmptyState>
          <p>
            Aucun compte n’est dans la liste{NBSP}: une dépense ne peut pas encore être engagée. Demandez au comptable
            les comptes à utiliser.
          </p>
        </EmptyState>
      ) : (
        <Table
          narrow="stack"
          caption="Comptes du réseau"
          captionHidden
          columns={[
            { key: "code", label: "Compte", heading: true, cell: ({ code }) => code },
            { key: "label", label: "Intitulé", cell: ({ label }) => label },
            {
              key: "verified",
              label: "Vérifié par",
              cell: ({ verifiedBy, verifiedOn }) =>
                verifiedBy === null || verifiedOn === null ? (
                  <Tag tone="pending">À vérifier avec le comptable</Tag>
                ) : (
                  `${verifiedBy}, ${formatDate(verifiedOn)}`
                ),
            },
            ...(mayEdit
              ? [
                  {
                    key: "edit",
                    label: "Modifier",
                    cell: ({ code }: { readonly code: string }) => (
                      <Link to={`?compte=${code}#compte-form`} aria-label={`Modifier le compte ${code}`}>
                        Modifier
                      </Link>
                    ),
                  },
                ]
              : []),
          ]}
          rows={accounts}
          rowKey={({ code }) => code}
        />
      )}
      {mayEdit && (
        <>
          <AccountForm key={edited?.code ?? "nouveau"} edited={edited} />
          {accounts.length === 0 && (
            <Section title="Partir d’une liste proposée">
              <Form method="post">
                <input type="hidden" name="acte" value="proposer" />
                <p>
                  Sept comptes courants des achats d’un réseau (honoraires, réceptions, imprimés…) entrent dans la
                  liste, marqués «{NBSP}à vérifier avec le comptable{NBSP}».
                </p>
                <Button look="quiet">Ajouter les comptes proposés</Button>
              </Form>
            </Section>
          )}
        </>
      )}
    </Page>
  );
}

type AccountFormProps = { readonly edited: ReturnType<typeof useLoaderData<typeof loader>>["edited"] };

function AccountForm({ edited }: AccountFormProps) {
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<AccountFields>({
    id: "compte",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: {
      code: edited?.code ?? "",
      label: edited?.label ?? "",
      verifiedBy: edited?.verifiedBy ?? "",
      verifiedOn: edited?.verifiedOn ?? "",
    },
  });
  return (
    <Section title={edited ? `Modifier le compte ${edited.code}` : "Ajouter un compte"} id="compte-form">
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <TextField
          field={fields.code}
          label="Numéro"
          inputMode="numeric"
          data-width="short"
          readOnly={edited !== null}
        />
        <TextField field={fields.label} label="Intitulé" />
        <TextField
          field={fields.verifiedBy}
          label="Vérifié par"
          optional
          hint="Le nom et la fonction du comptable qui a confirmé ce compte."
        />
        <TextField field={fields.verifiedOn} label="Vérifié le" type="date" optional />
        <Button>Enregistrer le compte</Button>
      </Form>
    </Section>
  );
}
