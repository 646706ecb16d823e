/** What an app of the catalogue is: which sign-on modes it has and which settings and links it shows. */
export interface CatalogEntry {
  readonly displayName: string;
  /** The first one is meant when a new app names none. */
  readonly signOnModes: readonly string[];
  /** What stands in `settings.app`; a setting that nobody gave has this value. */
  readonly settings: Readonly<Record<string, string | number | boolean | null>>;
  /** Settings that a new app must bring. */
  readonly required?: readonly string[];
  /** The names of its tiles, and whether each is shown unless the app says so. */
  readonly links?: Readonly<Record<string, boolean>>;
  readonly category?: string;
  readonly website?: string;
  /** It can push users: features, a provisioning connection. */
  readonly canProvision?: boolean;
  /** Licences are counted. */
  readonly isLicensed?: boolean;
  /** What it says about ending sessions in the app; most say nothing can be ended. */
  readonly universalLogout?: Readonly<Record<string, string>>;
}

const nothing = (...names: readonly string[]): Record<string, null> =>
  Object.fromEntries(names.map((name) => [name, null]));

const shop = (
  displayName: string,
  website: string,
  signOnModes: readonly string[] = ['SAML_2_0', 'BROWSER_PLUGIN', 'AUTO_LOGIN'],
): CatalogEntry => ({ displayName, website, signOnModes, settings: {} });

/**
 * Okta's templates (apps#app-names) and those apps of its catalogue that samples, packs and tools use by name.
 * Settings come from the reference and from recorded answers; of most apps only the name is known, and they take
 * any settings.
 */
export const catalog: Readonly<Record<string, CatalogEntry>> = {
  bookmark: {
    displayName: 'Bookmark App',
    signOnModes: ['BOOKMARK'],
    settings: { requestIntegration: false, url: null },
    required: ['url'],
  },
  template_basic_auth: {
    displayName: 'Template Basic Auth App',
    signOnModes: ['BASIC_AUTH'],
    settings: nothing('loginUrlRegex', 'authURL', 'url'),
    required: ['authURL', 'url'],
  },
  template_swa: {
    displayName: 'Template App',
    signOnModes: ['BROWSER_PLUGIN'],
    settings: nothing(
      'loginUrlRegex',
      'usernameField',
      'redirectUrl',
      'buttonField',
      'checkbox',
      'passwordField',
      'url',
    ),
    required: ['url'],
  },
  template_swa3field: {
    displayName: 'Template App 3 Fields',
    signOnModes: ['BROWSER_PLUGIN'],
    settings: nothing(
      'loginUrlRegex',
      'extraFieldSelector',
      'extraFieldValue',
      'redirectUrl',
      'userNameSelector',
      'passwordSelector',
      'buttonSelector',
      'targetURL',
    ),
    required: ['targetURL'],
  },
  template_sps: {
    displayName: 'Template Secure Password Store App',
    signOnModes: ['SECURE_PASSWORD_STORE'],
    settings: nothing(
      'usernameField',
      'optionalField1',
      'optionalField2Value',
      'optionalField3Value',
      'passwordField',
      'url',
      'optionalField1Value',
      'optionalField2',
      'optionalField3',
    ),
    required: ['url'],
  },
  template_wsfed: {
    displayName: 'Template WS-Fed',
    signOnModes: ['WS_FEDERATION'],
    settings: {
      ...nothing(
        'audienceRestriction',
        'groupName',
        'groupValueFormat',
        'realm',
        'wReplyURL',
        'attributeStatements',
        'nameIDFormat',
        'authnContextClassRef',
        'siteURL',
      ),
      wReplyOverride: false,
      ...nothing('groupFilter', 'usernameAttribute'),
    },
    required: ['siteURL', 'wReplyURL'],
  },
  oidc_client: {
    displayName: 'OpenID Connect Client',
    signOnModes: ['OPENID_CONNECT'],
    settings: {},
    universalLogout: {
      status: 'DISABLED',
      supportType: 'FULL',
      identityStack: 'NOT_SHARED',
      protocol: 'GLOBAL_TOKEN_REVOCATION',
    },
  },
  okta_org2org: {
    displayName: 'Okta Org2Org',
    signOnModes: ['SAML_2_0', 'AUTO_LOGIN', 'BROWSER_PLUGIN'],
    settings: {
      ...nothing('acsUrl', 'audRestriction', 'baseUrl'),
      creationState: null,
      preferUsernameOverEmail: null,
      token: null,
      tokenEncrypted: null,
    },
    category: 'IT',
    website: 'https://www.okta.com',
    canProvision: true,
  },
  amazon_aws: {
    displayName: 'AWS Account Federation',
    signOnModes: ['SAML_2_0', 'AUTO_LOGIN', 'BROWSER_PLUGIN'],
    settings: {
      appFilter: 'okta',
      ...nothing('groupFilter', 'secretKey', 'webSSOAllowedClient'),
      useGroupMapping: false,
      joinAllRoles: false,
      ...nothing('identityProviderArn', 'overrideAcsURL'),
      sessionDuration: 3600,
      ...nothing('roleValuePattern', 'awsEnvironmentType', 'accessKey', 'loginURL', 'secretKeyEnc'),
    },
    category: 'DEVELOPERTOOLS',
    website: 'https://aws.amazon.com',
  },
  google: {
    displayName: 'Google Workspace',
    signOnModes: ['SAML_2_0', 'AUTO_LOGIN', 'BROWSER_PLUGIN'],
    settings: { afwOnly: false, domain: null, afwId: null, rpId: null },
    required: ['domain'],
    links: { calendar: true, mail: true, keep: true, sites: true, accounts: true, drive: true },
    isLicensed: true,
    category: 'COLLABORATION',
    website: 'https://workspace.google.com',
  },
  office365: {
    displayName: 'Microsoft Office 365',
    signOnModes: ['BROWSER_PLUGIN', 'WS_FEDERATION', 'OPENID_CONNECT'],
    settings: {
      tenantType: null,
      wsFedConfigureType: 'MANUAL',
      occSettings: null,
      windowsTransportEnabled: false,
      ...nothing('domain', 'msftTenant', 'domains', 'office365ProvisioningType'),
      requireAdminConsent: false,
      office365FlexibleProvisioningMode: null,
    },
    required: ['msftTenant'],
    isLicensed: true,
    universalLogout: {
      status: 'DISABLED',
      supportType: 'PARTIAL',
      identityStack: 'SHARED',
      protocol: 'PROPRIETARY',
    },
    category: 'COLLABORATION',
    website: 'https://www.office.com',
  },
  pagerduty: {
    displayName: 'PagerDuty',
    signOnModes: ['SAML_2_0', 'AUTO_LOGIN', 'BROWSER_PLUGIN'],
    settings: nothing('adminUserId', 'baseUrl', 'subdomain'),
    category: 'IT',
    website: 'https://www.pagerduty.com',
  },
  facebook: {
    displayName: 'Facebook',
    signOnModes: ['BROWSER_PLUGIN', 'AUTO_LOGIN'],
    settings: {},
    category: 'SOCIAL',
    website: 'https://www.facebook.com',
  },
  salesforce: shop('Salesforce.com', 'https://www.salesforce.com'),
  workday: shop('Workday', 'https://www.workday.com'),
  cornerstone: shop('Cornerstone OnDemand', 'https://www.cornerstoneondemand.com'),
  aws_console: shop('Amazon Web Services', 'https://aws.amazon.com', ['BROWSER_PLUGIN', 'AUTO_LOGIN']),
  slack: shop('Slack', 'https://slack.com'),
  zoomus: shop('Zoom', 'https://zoom.us'),
  boxnet: shop('Box', 'https://www.box.com'),
  dropbox_for_business: shop('Dropbox Business', 'https://www.dropbox.com'),
  servicenow_ud: shop('ServiceNow UD', 'https://www.servicenow.com'),
  zendesk: shop('Zendesk', 'https://www.zendesk.com'),
  github: shop('GitHub', 'https://github.com', ['BROWSER_PLUGIN', 'AUTO_LOGIN']),
  githubcloud: shop('GitHub Enterprise Cloud', 'https://github.com'),
  jira_onprem: shop('Jira On-Premises SAML', 'https://www.atlassian.com'),
  atlassian: shop('Atlassian Cloud', 'https://www.atlassian.com'),
  concur: shop('Concur', 'https://www.concur.com'),
  docusign: shop('DocuSign', 'https://www.docusign.com'),
  netsuite: shop('NetSuite', 'https://www.netsuite.com'),
  successfactors: shop('SuccessFactors', 'https://www.successfactors.com'),
  gotomeeting: shop('GoToMeeting', 'https://www.goto.com'),
  webex: shop('Cisco Webex Meetings', 'https://www.webex.com'),
  linkedin: shop('LinkedIn', 'https://www.linkedin.com', ['BROWSER_PLUGIN', 'AUTO_LOGIN']),
  twitter: shop('Twitter', 'https://x.com', ['BROWSER_PLUGIN', 'AUTO_LOGIN']),
};

/**
 * An app of the catalogue by name. Okta's catalogue has thousands of apps and cannot be listed here: a name that
 * looks like one of them is taken for one, with any mode and any settings.
 */
export function findCatalogEntry(name: string): CatalogEntry | undefined {
  if (Object.hasOwn(catalog, name)) return catalog[name];
  if (!/^[a-z][a-z0-9_]{1,99}$/.test(name)) return undefined;
  return {
    displayName: name,
    signOnModes: ['SAML_2_0', 'OPENID_CONNECT', 'BROWSER_PLUGIN', 'AUTO_LOGIN', 'WS_FEDERATION', 'SAML_1_1'],
    settings: {},
    links: { [`${name}_link`]: true },
  };
}
