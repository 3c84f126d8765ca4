package dev.stile.aws.runtime;

import dagger.Binds;
import dagger.Module;
import dagger.Provides;
import dev.stile.assurance.Policies;
import dev.stile.assurance.Policy;
import dev.stile.aws.courier.AwsCourier;
import dev.stile.aws.dynamo.DynamoStreamRecords;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.aws.dynamo.StoresModule;
import dev.stile.aws.sns.SnsEventTopic;
import dev.stile.aws.sqs.SqsFacts;
import dev.stile.aws.sqs.SqsMessages;
import dev.stile.edge.StreamRecords;
import dev.stile.factor.otp.PhoneNumbers;
import dev.stile.factor.totp.Hotp;
import dev.stile.factor.totp.QrCodes;
import dev.stile.factor.webauthn.Ceremonies;
import dev.stile.message.Courier;
import dev.stile.message.EventTopic;
import dev.stile.message.Facts;
import dev.stile.message.Messages;
import dev.stile.token.IssuedGrants;
import dev.stile.token.KeptKeys;
import dev.stile.token.NextSigner;
import dev.stile.token.NextTokens;
import dev.stile.token.PossessionProofs;
import dev.stile.token.PresentedGrants;
import dev.stile.token.PublishedKeys;
import dev.stile.token.ReceiptSigner;
import dev.stile.token.TokenSigner;
import dev.stile.vendor.jose.JoseNextSigner;
import dev.stile.vendor.jose.JoseNextTokens;
import dev.stile.vendor.jose.JoseReceipts;
import dev.stile.vendor.jose.JoseSigner;
import dev.stile.vendor.jose.VerifierGrants;
import dev.stile.vendor.jose.VerifierProofs;
import dev.stile.vendor.phone.LibPhoneNumbers;
import dev.stile.vendor.totp.GoogleAuthHotp;
import dev.stile.vendor.totp.NayukiQrCodes;
import dev.stile.vendor.webauthn.WebAuthn4jCeremonies;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The same everywhere: the stores, the queues and the libraries behind the domain's ports.
@Module(includes = StoresModule.class)
public interface CommonModule {
  @Binds
  Hotp hotp(GoogleAuthHotp vendor);

  @Binds
  QrCodes qrCodes(NayukiQrCodes vendor);

  @Binds
  PhoneNumbers phoneNumbers(LibPhoneNumbers vendor);

  @Binds
  @Singleton
  Ceremonies ceremonies(WebAuthn4jCeremonies vendor);

  @Binds
  TokenSigner tokenSigner(JoseSigner vendor);

  @Binds
  PossessionProofs possessionProofs(VerifierProofs vendor);

  @Binds
  ReceiptSigner receiptSigner(JoseReceipts vendor);

  @Binds
  NextSigner nextSigner(JoseNextSigner vendor);

  @Binds
  NextTokens nextTokens(JoseNextTokens vendor);

  @Binds
  Messages messages(SqsMessages queues);

  @Binds
  Courier courier(AwsCourier carriers);

  @Binds
  Facts facts(SqsFacts queues);

  @Binds
  EventTopic eventTopic(SnsEventTopic topic);

  @Binds
  StreamRecords streamRecords(DynamoStreamRecords reader);

  @Provides
  @Singleton
  static StileTable table(DynamoDbClient client, Settings settings) {
    return new StileTable(client, settings.table());
  }

  @Provides
  static URI issuer(Settings settings) {
    return settings.issuer();
  }

  @Provides
  static PresentedGrants presentedGrants(VerifierGrants grants) {
    return grants;
  }

  @Provides
  static IssuedGrants issuedGrants(VerifierGrants grants) {
    return grants;
  }

  /// A grant for managing factors may have been issued to any audience of the bearer's client.
  @Provides
  @Singleton
  static VerifierGrants grants(
      Settings settings, Policies policies, PublishedKeys keys, Clock clock) {
    return new VerifierGrants(
        settings.issuer(), () -> audiences(policies.current()), new KeptKeys(keys, clock));
  }

  private static Set<String> audiences(Policy policy) {
    return policy.parties().clients().stream()
        .flatMap(client -> client.audiences().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Provides
  @Singleton
  static SecureRandom random() {
    return new SecureRandom();
  }
}
