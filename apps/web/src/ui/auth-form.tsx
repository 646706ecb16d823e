import { useQuery } from '@tanstack/react-query';
import type { AuthSchemeView, Level } from '@castellan/workbench/api';
import { authSchemesQuery } from '../api.ts';
import type { KnownVariable } from '../state/variables.ts';
import { VariableInput } from './variable-input.tsx';

type Auth = NonNullable<Level['auth']>;

interface AuthFormProps {
  readonly auth: Auth | undefined;
  /** The collection and folders around, from the outside in. */
  readonly levels: readonly Level[];
  readonly variables: ReadonlyMap<string, KnownVariable>;
  readonly onChange: (auth: Auth | undefined) => void;
}

/** Which scheme proves who sends, and its fields as the engine names them. */
export function AuthForm({ auth, levels, variables, onChange }: AuthFormProps) {
  const schemes = useQuery(authSchemesQuery).data?.schemes ?? [];
  const scheme = schemes.find(({ type }) => type === auth?.type);
  return (
    <div className="flex max-w-xl flex-col gap-3 p-4 text-[12.5px]">
      <label className="grid grid-cols-[150px_1fr] items-center gap-3">
        <span className="text-ink-2">Auth</span>
        <select
          className="h-8 rounded-md border border-line-strong bg-raised px-2"
          value={auth?.type ?? ''}
          onChange={(event) =>
            onChange(event.target.value === '' ? undefined : { type: event.target.value, parameters: {} })
          }
        >
          <option value="">{levels.length === 0 ? 'None' : 'Inherit'}</option>
          {auth !== undefined && scheme === undefined && <option value={auth.type}>{auth.type}</option>}
          {schemes.map(({ type, label }) => (
            <option key={type} value={type}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {auth === undefined && <Inherited levels={levels} schemes={schemes} />}
      {auth !== undefined &&
        scheme?.fields.map((field) => (
          <div key={field.name} className="grid grid-cols-[150px_1fr] items-center gap-3">
            <span className="text-ink-2">{field.label}</span>
            <FieldInput
              field={field}
              value={String(auth.parameters[field.name] ?? '')}
              variables={variables}
              onChange={(value) =>
                onChange({ ...auth, parameters: { ...auth.parameters, [field.name]: value } })
              }
            />
          </div>
        ))}
      {auth !== undefined && auth.type !== 'noauth' && (
        <p className="text-ink-3">
          Write a secret as a variable, such as {'{{apikey}}'}: then the workspace holds its name only.
        </p>
      )}
    </div>
  );
}

function Inherited({ levels, schemes }: { levels: readonly Level[]; schemes: readonly AuthSchemeView[] }) {
  const inherited = levels.findLast((level) => level.auth !== undefined);
  const label = schemes.find(({ type }) => type === inherited?.auth?.type)?.label;
  return (
    <p className="text-ink-2">
      {inherited?.auth === undefined
        ? 'Nothing around this has an auth. Okta’s packs put the token into the Authorization header: see Headers.'
        : `${label ?? inherited.auth.type}, from “${inherited.name}”.`}
    </p>
  );
}

interface FieldInputProps {
  readonly field: AuthSchemeView['fields'][number];
  readonly value: string;
  readonly variables: ReadonlyMap<string, KnownVariable>;
  readonly onChange: (value: string | boolean) => void;
}

function FieldInput({ field, value, variables, onChange }: FieldInputProps) {
  switch (field.kind) {
    case 'boolean':
      return (
        <input
          type="checkbox"
          aria-label={field.label}
          className="size-4 accent-[var(--accent)]"
          checked={value === 'true'}
          onChange={(event) => onChange(event.target.checked)}
        />
      );
    case 'choice':
      return (
        <select
          aria-label={field.label}
          className="h-8 rounded-md border border-line-strong bg-raised px-2"
          value={value === '' ? field.choices?.[0] : value}
          onChange={(event) => onChange(event.target.value)}
        >
          {field.choices?.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      );
    case 'secret':
    case 'text':
      return (
        <div className="h-8 rounded-md border border-line-strong bg-raised">
          <VariableInput
            label={field.label}
            value={value}
            variables={variables}
            isHidden={field.kind === 'secret'}
            onChange={onChange}
          />
        </div>
      );
  }
}
