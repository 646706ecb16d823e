import type { ApiName } from './define.ts';

/** A request of a pack: the title of an example, with its API in front when it is another one. */
type Step = string;

export interface PackFolder {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** What stands in a pack, in the order in which it runs. Examples that no folder names follow at the end. */
export interface Pack {
  readonly name: string;
  readonly api: ApiName;
  readonly folders: readonly PackFolder[];
}

const prepare = (...steps: readonly Step[]): PackFolder => ({ name: 'Prepare', steps });
const activeUser = 'users: Create Activated User with Password & Recovery Question';
const secondUser = 'users: Create Activated User with Password';
const group = 'groups: Add Group';
const signIn = 'authentication: Primary Authentication';

/** Castellan's packs by file name, with the names and folders that people know from Okta's. */
export const packs: Readonly<Record<string, Pack>> = {
  authentication: {
    name: 'Authentication (Okta API)',
    api: 'authentication',
    folders: [
      // An expired password gives a transaction to work with, whatever the policy of the org.
      prepare(activeUser, 'users: Expire Password'),
      {
        name: 'Primary Authentication',
        steps: [
          'Primary Authentication',
          'Primary Authentication with Trusted Application',
          'Get Transaction State',
        ],
      },
      {
        name: 'Enroll',
        steps: [
          'factors: List Security Questions',
          'Enroll SMS Factor',
          'Activate SMS Factor',
          'Resend Activation Code',
          'Enroll SMS Factor with New Number',
          'Enroll Email Factor',
          'Activate Email Factor',
          'Enroll Okta TOTP Factor',
          'Activate TOTP Factor',
          'Enroll Google Authenticator Factor',
          'Enroll Okta Verify Push Factor',
          'Activate Push Factor',
          'Poll for Factor enrollment',
          'Send Activation Link by Email',
          'Send Activation Link by SMS',
          'Duo Callback',
          'Enroll RSA SecurID Factor',
          'Enroll Symantec VIP Factor',
          'Enroll YubiKey Factor',
        ],
      },
      {
        name: 'Verify',
        steps: [
          'Send SMS Challenge (OTP)',
          'Verify SMS Factor',
          'Resend Challenge',
          'Send Email Challenge (OTP)',
          'Verify Email Factor',
          'Verify Question Factor',
          'Verify TOTP Factor',
          'Verify and Poll Push Factor',
          'Previous Transaction State',
          'Skip Transaction State',
          'Enroll Question Factor',
        ],
      },
      { name: 'Change Password', steps: ['Primary Authentication', 'Change Password'] },
      {
        name: 'Forgot Password',
        steps: [
          'Forgot Password for Trusted Application',
          'Verify Recovery Token',
          'Answer Recovery Question',
          'Reset Password',
          'Forgot Password with Email Factor',
        ],
      },
      {
        name: 'Self-Service Unlock',
        steps: [
          'Unlock Account with Email Factor',
          'Unlock Account with SMS Factor',
          'Unlock Account with Trusted Application',
        ],
      },
      {
        name: 'Recovery by Phone',
        steps: [
          'Forgot Password for Trusted Application',
          'Verify Recovery Token',
          'Forgot Password with SMS Factor',
          'Verify SMS Recovery Factor',
          'Resend SMS Recovery Challenge',
          'Verify Call Recovery Factor',
          'Resend Call Recovery Challenge',
        ],
      },
      {
        name: 'State Management',
        steps: ['Get Transaction State', 'Cancel Transaction'],
      },
    ],
  },
  sessions: {
    name: 'Sessions (Okta API)',
    api: 'sessions',
    folders: [
      prepare(activeUser),
      {
        name: 'Session Operations',
        steps: [
          signIn,
          'Create Session with Session Token',
          'Validate Session',
          'Extend Session',
          'Refresh Session',
          'Clear Session',
        ],
      },
      {
        name: 'Session of the Browser',
        steps: [
          signIn,
          'Set Session with Token Redirect',
          'Get Current Session',
          'Refresh Current Session',
          'Close Current Session',
        ],
      },
    ],
  },
  users: {
    name: 'Users (Okta API)',
    api: 'users',
    folders: [
      prepare(group, 'user-types: Create User Type'),
      {
        name: 'Create User',
        steps: [
          'Create User with Password & Recovery Question',
          'Create Activated User with Password & Recovery Question',
          'Create User without Credentials',
          'Create Activated User without Credentials',
          'Create User with Password',
          'Create Activated User with Password',
          'Create User with Recovery Question',
          'Create Activated User with Recovery Question',
          'Create User in Group',
          'Create User with Non-Default User Type',
          'Create User with Authentication Provider',
          'Create User with Hashed Password',
        ],
      },
      {
        name: 'List Users',
        steps: [
          'List Users',
          'List Users with Search',
          'List Users Updated after Timestamp',
          'List Active Users',
          'List Provisioned Users',
          'List Staged Users',
          'List Recovery Users',
          'List Deprovisioned Users',
          'List Password Expired Users',
          'List Locked Users',
          'Find User',
        ],
      },
      {
        name: 'User Operations',
        steps: [
          'Get User',
          'Get User by Login',
          'Get Current User',
          'Update User',
          'Replace Profile',
          'Get Assigned App Links',
          'Get Groups for User',
          'Set User Risk',
          'Get User Risk',
        ],
      },
      {
        name: 'Credential Operations',
        steps: [
          'Set Password',
          'Set Recovery Credential',
          'Change Recovery Question',
          'Change Password',
          'Forgot Password (Validate Security Answer)',
          'Forgot Password with Recovery Question',
          'Forgot Password (One Time Code)',
        ],
      },
      {
        name: 'Grants, Tokens and Sessions',
        steps: [
          'List Grants',
          'Get a Grant',
          'Revoke a Grant',
          'Revoke All Grants',
          'List Clients',
          'List Grants for a Client',
          'Revoke Grants for a Client',
          'List Refresh Tokens',
          'Get a Refresh Token',
          'Revoke a Refresh Token',
          'Revoke All Refresh Tokens',
          'List User Blocks',
          'List Identity Providers of a User',
          'Clear User Sessions',
          'Clear Current User Sessions',
        ],
      },
      {
        name: 'Lifecycle Operations',
        steps: [
          'Activate User',
          'Reactivate User',
          'Suspend User',
          'Unsuspend User',
          'Unlock User',
          'Expire Password',
          'Set Temp Password',
          'Expire Password with Temp Password',
          'Reset Password',
          'Reset Factors',
          'Deactivate User',
          'Delete User',
        ],
      },
    ],
  },
  subscriptions: {
    name: 'Subscriptions (Okta API)',
    api: 'subscriptions',
    folders: [
      {
        name: 'Notifications of a User',
        steps: [
          'List Subscriptions of a User',
          'Subscribe a User',
          'Get a Subscription of a User',
          'Unsubscribe a User',
        ],
      },
      {
        name: 'Notifications of a Role',
        steps: [
          'List Subscriptions of a Role',
          'Subscribe a Role',
          'Get a Subscription of a Role',
          'Unsubscribe a Role',
        ],
      },
    ],
  },
  factors: {
    name: 'Factors (Okta API)',
    api: 'factors',
    folders: [
      prepare(activeUser),
      {
        name: 'Factor Lifecycle Operations',
        steps: [
          'List Factors to Enroll',
          'List Security Questions',
          'Enroll Okta Security Question Factor',
          'Enroll Okta SMS Factor',
          'Activate SMS Factor',
          'Resend SMS as part of enrollment',
          'Enroll Okta SMS Factor with New Number',
          'Enroll Okta Verify Push Factor',
          'Poll Push Factor Activation',
          'Send Push Activation Link by Email',
          'Send Push Activation Link by SMS',
          'Enroll and Auto-Activate Okta SMS Factor',
          'Enroll Okta Verify TOTP Factor',
          'Get QR Code of a Factor',
          'Activate TOTP Factor',
          'Enroll Google Authenticator Factor',
          'Enroll Symantec VIP Token Factor',
          'Enroll RSA SecurID Factor',
          'Enroll YubiKey Factor',
        ],
      },
      {
        name: 'Factor Verification Operations',
        steps: [
          'Verify Question Factor',
          'Send SMS Challenge',
          'Verify SMS Factor',
          'Verify TOTP Factor',
          'Verify Token Factor',
          'Send Push Challenge',
          'Poll Push Verification',
          'Verify Push Factor',
          'Cancel Push Verification',
        ],
      },
      {
        name: 'Factor Operations',
        steps: ['Get Factor', 'List Factors', 'Delete Factor', 'users: Reset Factors'],
      },
      {
        name: 'YubiKey Operations',
        steps: ['Upload YubiKey OTP Seed', 'List YubiKey OTP Tokens', 'Get YubiKey OTP Token'],
      },
    ],
  },
  groups: {
    name: 'Groups (Okta API)',
    api: 'groups',
    folders: [
      prepare(activeUser),
      {
        name: 'Group Operations',
        steps: [
          'Add Group',
          'Get Group',
          'List Groups',
          'Search Groups',
          'List Groups with Type',
          'List Groups with Profile Updated after Timestamp',
          'List Groups with Membership Updated after Timestamp',
          'List Groups Updated after Timestamp',
          'Update Group',
        ],
      },
      {
        name: 'Group Member Operations',
        steps: ['Add User to Group', 'List Group Members (Users)', 'Remove User from Group'],
      },
      { name: 'Related Resources', steps: ['List Assigned Applications'] },
      {
        name: 'Group Owner Operations',
        steps: ['Add Group Owner', 'List Group Owners', 'Remove Group Owner'],
      },
      {
        name: 'Group Rule Operations',
        steps: [
          'Create rule using Okta Expression Language',
          'Create rule using basic condition',
          'Create rule and exclude users',
          'Get rule',
          'List rules with after',
          'List rules with search',
          'List rules with expand and limit',
          'Update rule using basic condition',
          'Update rule using Okta Expression Language',
          'Activate rule',
          'Deactivate rule',
          'Delete rule and remove users from the group',
          'Delete rule',
        ],
      },
      { name: 'Clean up', steps: ['Remove Group'] },
    ],
  },
  'admin-roles': {
    name: 'Administrator Roles (Okta API)',
    api: 'admin-roles',
    folders: [
      prepare(
        activeUser,
        group,
        'groups: Add Another Group',
        'apps: Add OAuth2 Service App',
        'apps: Add Okta Org2Org App',
      ),
      {
        name: 'Custom Role operations',
        steps: [
          'Create Role',
          'Get Role',
          'Update Role',
          'List Roles',
          'List permissions',
          'Add permission',
          'Get permission',
          'Update permission',
          'Delete permission',
        ],
      },
      {
        name: 'Resource set operations',
        steps: ['Create Resource Set', 'Get Resource Set', 'List Resource Sets', 'Update resource set'],
      },
      {
        name: 'Resource operations',
        steps: [
          'Add more resources',
          'Add a resource',
          'List resources',
          'Get a resource',
          'Update a resource',
          'Delete a resource',
        ],
      },
      {
        name: 'Custom Role assignment operations',
        steps: [
          'Create a new Binding',
          'Get all Bindings in a Resource Set',
          'Get a Binding by Role ID',
          'Add more Members to a Binding',
          'List Members in a Binding',
          'Get a Member from a Binding',
          'Delete a Member from a Binding',
          'Delete a Binding',
        ],
      },
      {
        name: 'Role operations of a User',
        steps: rolesOf('User', ['Add All Apps as Target of App Admin Role of User']),
      },
      { name: 'Role operations of a Group', steps: rolesOf('Group', []) },
      {
        name: 'Role operations of a Client',
        steps: rolesOf('Client', []).filter((step) => step !== 'Get Role Assigned to Client'),
      },
      {
        name: 'Clean up',
        steps: ['List Users with Role Assignments', 'Delete resource set', 'Delete Role'],
      },
    ],
  },
  apps: {
    name: 'Apps (Okta API)',
    api: 'apps',
    folders: [
      prepare(activeUser, group),
      {
        name: 'Add Application',
        steps: [
          'Add SAML 2.0 Authentication Application instance',
          'Add Custom SAML 2.0 App',
          'Add Custom SWA App',
          'Add Basic Auth App',
          'Add Plugin SWA App',
          'Add WS-Fed App',
          'Add SWA App',
          'Add OAuth2 Client App',
          'Add OAuth2 Service App',
          'Add Okta Org2Org App',
          'Add Bookmark App',
        ],
      },
      {
        name: 'Certificate Operations',
        steps: [
          'Generate Certificate',
          'Preview SAML metadata',
          'Share/Clone Certificate',
          'Update Application Certificate',
          'Get Certificate',
          'List Certificates',
          'Generate CSR in PKCS#10',
          'Generate CSR in JSON',
          'List CSRs',
          'Get CSR',
          'Publish CSR with PEM',
          'Revoke CSR',
        ],
      },
      {
        name: 'Assignments',
        steps: [
          'Assign User to App for SSO',
          'Assign User to App for SSO & Provisioning',
          'List Users Assigned to App',
          'Get Assigned User for App',
          'Update App Credentials for Assigned User',
          'Update App Profile for Assigned User',
          'Remove User from App',
          'Assign Group to App',
          'List Assigned Groups',
          'Get Assigned Group for App',
          'Patch Assigned Group of App',
          'Remove Group from App',
        ],
      },
      {
        name: 'Credential Operations',
        steps: [
          'Set Plugin SWA to Shared Creds',
          'Set Plugin SWA to User Edit Password',
          'Set Plugin SWA to Okta Password',
          'Set Plugin SWA to User Edit UserName & Password',
          'Set Plugin SWA to Administrator Sets Username and Password',
        ],
      },
      {
        name: 'OAuth 2.0 Scope Consent Grant Operations',
        steps: [
          'Grant consent to scope',
          'List scope consent grants',
          'Get single scope consent grant',
          'Revoke scope consent grant',
        ],
      },
      {
        name: 'Client Secret Operations',
        steps: [
          'Add Client Secret',
          'List Client Secrets',
          'Get Client Secret',
          'Deactivate Client Secret',
          'Activate Client Secret',
          'Deactivate Client Secret',
          'Delete Client Secret',
        ],
      },
      {
        name: 'JSON Web Key Operations',
        steps: [
          'Add JSON Web Key',
          'List JSON Web Keys',
          'Get JSON Web Key',
          'Activate JSON Web Key',
          'Deactivate JSON Web Key',
          'Delete JSON Web Key',
        ],
      },
      {
        name: 'OAuth 2.0 Token Operations',
        steps: [
          'List OAuth 2.0 Tokens of App',
          'Get OAuth 2.0 Token of App',
          'Revoke OAuth 2.0 Token of App',
          'Revoke OAuth 2.0 Tokens of App',
        ],
      },
      { name: 'Logo Operations', steps: ['Update logo'] },
      {
        name: 'Provisioning Connection Operations',
        steps: [
          'Get Default Provisioning Connection',
          'Create Default Provisioning Connection',
          'Activate Default Provisioning Connection',
        ],
      },
      {
        name: 'Feature Operations',
        steps: [
          'Get Features',
          'Get USER_PROVISIONING Feature',
          'Update USER_PROVISIONING Feature',
          'Deactivate Default Provisioning Connection',
        ],
      },
      {
        name: 'Group Push Operations',
        steps: [
          'Create Group Push Mapping',
          'List Group Push Mappings',
          'Get Group Push Mapping',
          'Deactivate Group Push Mapping',
          'Delete Group Push Mapping',
        ],
      },
      {
        name: 'List Apps',
        steps: [
          'List Apps',
          'List INACTIVE Apps',
          'List ACTIVE Apps',
          'Get App',
          'Get Apps Assigned to User',
          'List Apps Using a key',
          'List Apps Assigned to User',
        ],
      },
      { name: 'Access Policy Operations', steps: ['Assign Access Policy to App'] },
      {
        name: 'Lifecycle Operations',
        steps: ['Activate App', 'Deactivate App', 'Delete App'],
      },
    ],
  },
  schemas: {
    name: 'Schemas (Okta API)',
    api: 'schemas',
    folders: [
      prepare('apps: Add Bookmark App'),
      {
        name: 'User',
        steps: [
          'Get User Schema',
          'Add Property to User Profile Schema',
          'Update User Profile Schema Property',
          'Remove Property from User Profile Schema',
        ],
      },
      {
        name: 'App User',
        steps: ['Get App User Schema', 'Add Property to App User Profile Schema'],
      },
      {
        name: 'Group',
        steps: [
          'Get Group Schema',
          'Add Property to Group Profile Schema',
          'Remove Property from Group Profile Schema',
        ],
      },
    ],
  },
  events: {
    name: 'Events (Okta API)',
    api: 'events',
    folders: [prepare(activeUser, 'apps: Add Bookmark App')],
  },
  'system-log': { name: 'System Log (Okta API)', api: 'logs', folders: [] },
  'api-tokens': { name: 'API Tokens (Okta API)', api: 'tokens', folders: [] },
  'user-types': {
    name: 'User Types (Okta API)',
    api: 'user-types',
    folders: [
      {
        name: 'User Type Operations',
        steps: [
          'Get all User Types',
          'Get default User Type',
          'Create User Type',
          'Get User Type by ID',
          'Update User Type (partial update)',
          'Update User Type (full update)',
          'Delete User Type',
        ],
      },
    ],
  },
  'linked-objects': {
    name: 'Linked Objects (Okta API)',
    api: 'linked-objects',
    folders: [
      prepare(activeUser, secondUser),
      {
        name: 'Linked Object Operations',
        steps: [
          'Add Linked Object Definition to User Schema',
          'Get Single Linked Object Definition',
          'Get Single Linked Object Definition by Associated name',
          'Get All Linked Object Definitions',
          'Set Linked Object Value',
          'Get Primary Linked Object Value',
          'Get Associated Linked Object Values (for a given primary target)',
          'Delete Linked Object Value',
          'Remove Linked Object Definition',
          'Remove Linked Object Definition by Associated name',
        ],
      },
    ],
  },
};

/** Group targets need a role that takes groups, app targets one that takes apps: each is assigned just before. */
function rolesOf(holder: 'User' | 'Group' | 'Client', more: readonly Step[]): readonly Step[] {
  return [
    `Grant third-party admin status to a ${holder}`,
    `Assign Role to ${holder}`,
    `List Roles Assigned to ${holder}`,
    `Get Role Assigned to ${holder}`,
    `Add Group Target to Group Admin Role of ${holder}`,
    `Add Second Group Target to Group Admin Role of ${holder}`,
    `List Group Targets for Group Admin Role of ${holder}`,
    `Remove Group Target from Group Admin Role of ${holder}`,
    `Assign App Admin Role to ${holder}`,
    ...more,
    `Add App Target for App Admin Role of ${holder}`,
    `Add App Instance Target for App Admin Role of ${holder}`,
    `List App Targets for App Admin Role of ${holder}`,
    `Remove App Instance Target from App Admin Role of ${holder}`,
    // A role keeps its last target, so another one has to be there before the app goes.
    `Add App Instance Target for App Admin Role of ${holder}`,
    `Remove App Target from App Admin Role of ${holder}`,
    `Unassign Role from ${holder}`,
    `Assign a Custom Role to a ${holder}`,
  ];
}
