import type { z } from 'zod';
import type { AppBody } from './schemas.ts';

type NewApp = z.input<typeof AppBody>;

const label = (name: string) => `${name} {{$guid}}`;

export const bookmarkApp: NewApp = {
  name: 'bookmark',
  label: label('Tide tables'),
  signOnMode: 'BOOKMARK',
  settings: { app: { requestIntegration: false, url: 'https://example.com/tides' } },
};

export const basicAuthApp: NewApp = {
  name: 'template_basic_auth',
  label: label('Harbour desk'),
  signOnMode: 'BASIC_AUTH',
  settings: {
    app: { url: 'https://example.com/login', authURL: 'https://example.com/authenticate' },
  },
};

/** A form that the browser plugin fills in, with one of the schemes that say whose credentials it fills in. */
export function pluginSwaApp(scheme: NonNullable<NonNullable<NewApp['credentials']>['scheme']>): NewApp {
  return {
    name: 'template_swa',
    label: label('Ferry bookings'),
    signOnMode: 'BROWSER_PLUGIN',
    credentials: { scheme },
    settings: {
      app: {
        buttonField: 'sign-in',
        passwordField: 'login-password',
        usernameField: 'login-name',
        url: 'https://example.com/login.html',
        loginUrlRegex: '^https://example\\.com/login\\.html$',
      },
    },
  };
}

export const swaApp: NewApp = {
  name: 'template_sps',
  label: label('Lighthouse log'),
  signOnMode: 'SECURE_PASSWORD_STORE',
  settings: {
    app: {
      url: 'https://example.com/login.html',
      usernameField: '#login-name',
      passwordField: '#login-password',
      optionalField1: 'berth',
      optionalField1Value: 'seven',
    },
  },
};

export const customSwaApp: NewApp = {
  label: label('Chart room'),
  signOnMode: 'AUTO_LOGIN',
  settings: {
    signOn: {
      loginUrl: 'https://example.com/login.html',
      redirectUrl: 'https://example.com/home',
    },
  },
};

const emailFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
const passwordContext = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';

export const customSamlApp: NewApp = {
  label: label('Pilot station'),
  signOnMode: 'SAML_2_0',
  visibility: { autoSubmitToolbar: false, hide: { iOS: false, web: false } },
  settings: {
    signOn: {
      defaultRelayState: '',
      ssoAcsUrl: 'https://example.com/sso/saml',
      recipient: 'https://example.com/sso/saml',
      destination: 'https://example.com/sso/saml',
      audience: 'https://example.com/saml',
      idpIssuer: '${org.externalKey}',
      subjectNameIdTemplate: '${user.userName}',
      subjectNameIdFormat: emailFormat,
      responseSigned: true,
      assertionSigned: true,
      signatureAlgorithm: 'RSA_SHA256',
      digestAlgorithm: 'SHA256',
      honorForceAuthn: true,
      authnContextClassRef: passwordContext,
      requestCompressed: false,
      attributeStatements: [
        {
          type: 'EXPRESSION',
          name: 'department',
          namespace: 'urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified',
          values: ['user.department'],
        },
      ],
    },
  },
};

/** An app of Okta's catalogue; an org without that catalogue may refuse it. */
export const catalogSamlApp: NewApp = {
  name: 'amazon_aws',
  label: label('Cloud console'),
  signOnMode: 'SAML_2_0',
  settings: {
    app: {
      awsEnvironmentType: 'aws.amazon',
      groupFilter: 'aws_harbour',
      loginURL: 'https://console.aws.amazon.com/ec2/home',
      joinAllRoles: false,
      sessionDuration: 3600,
      roleValuePattern: 'arn:aws:iam::role',
    },
  },
};

export const org2orgApp: NewApp = {
  name: 'okta_org2org',
  label: label('Sister org'),
  signOnMode: 'SAML_2_0',
  settings: {
    app: {
      acsUrl: 'https://example.okta.com/sso/saml2/exampleid',
      audRestriction: 'https://www.okta.com/saml2/service-provider/exampleid',
      baseUrl: 'https://example.okta.com',
    },
  },
};

export const wsFedApp: NewApp = {
  name: 'template_wsfed',
  label: label('Customs office'),
  signOnMode: 'WS_FEDERATION',
  settings: {
    app: {
      audienceRestriction: 'urn:example:app',
      groupName: null,
      groupValueFormat: 'windowsDomainQualifiedName',
      realm: 'urn:example:app',
      wReplyURL: 'https://example.com/',
      attributeStatements: null,
      nameIDFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
      authnContextClassRef: passwordContext,
      siteURL: 'https://example.com',
      wReplyOverride: false,
      groupFilter: null,
      usernameAttribute: 'username',
    },
  },
};

export const oauthApp: NewApp = {
  name: 'oidc_client',
  label: label('Harbour portal'),
  signOnMode: 'OPENID_CONNECT',
  credentials: {
    oauthClient: { autoKeyRotation: true, token_endpoint_auth_method: 'client_secret_post' },
  },
  profile: { label: 'harbour portal' },
  settings: {
    oauthClient: {
      client_uri: 'https://example.com/client',
      logo_uri: 'https://example.com/client/logo',
      redirect_uris: ['https://example.com/oauth2/callback'],
      response_types: ['token', 'id_token', 'code'],
      grant_types: ['implicit', 'authorization_code'],
      application_type: 'web',
    },
  },
};

/** The public half of an RSA key of 2048 bits that was made for this example and thrown away. */
export const modulus =
  'wChR7Q-qk_DDuE1B7WV436S93ICFzUI94BsMDrFRb_tLUmLqhCDn42fOKS9eYD9N21juA_0YJJJgqhWUNR-ekDJp_jGTknGJ7nIZdRUQ9tGf0dQeAhaQnabPZkK9ZmbQ2Wecc6FzJh2P2e0SS-u0LqqoEIUigzjbE1XOTDdTMWrJ0WuHrvt9dg6eLlm7t7EZjaE4CwdBp_30OlzAdS5hHPJ9GWkVnoYr8NFYcOVIbaPGBOvYQbsccUqaYQT1YQ1hGCTIdZQt-IpcQ9T8Ol-f2UikZZMdg7ZQXbEutUpx1wEIZTAm3cObX-iAnnOOl1Gf3EPcGqWRsQRPtosummsJgQ';

/** A form with one picture in it, written out: a pack can hold it, and no file has to be chosen. */
export const picture = {
  contentType: 'multipart/form-data; boundary=castellan',
  text: [
    '--castellan',
    'Content-Disposition: form-data; name="file"; filename="logo.svg"',
    'Content-Type: image/svg+xml',
    '',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><circle cx="1" cy="1" r="1"/></svg>',
    '--castellan--',
    '',
  ].join('\r\n'),
};

/** A client without people: the only kind that can have admin roles. */
export const serviceApp: NewApp = {
  name: 'oidc_client',
  label: label('Night watch'),
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
  settings: {
    oauthClient: {
      application_type: 'service',
      grant_types: ['client_credentials'],
      response_types: ['token'],
    },
  },
};
