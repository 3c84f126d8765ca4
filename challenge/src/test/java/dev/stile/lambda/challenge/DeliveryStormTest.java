package dev.stile.lambda.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stile.assurance.Client;
import dev.stile.assurance.Level;
import dev.stile.assurance.Limits;
import dev.stile.assurance.Policy;
import dev.stile.assurance.Templates;
import dev.stile.aws.dynamo.DynamoActivations;
import dev.stile.aws.dynamo.DynamoAssertions;
import dev.stile.aws.dynamo.DynamoChallenges;
import dev.stile.aws.dynamo.DynamoFactors;
import dev.stile.aws.dynamo.DynamoRegistrations;
import dev.stile.aws.dynamo.DynamoVerdicts;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.challenge.Activations.Activation;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Challenges;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Purpose;
import dev.stile.challenge.Status;
import dev.stile.engines.EmbeddedDynamo;
import dev.stile.factor.Credential.Destination;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Failures;
import dev.stile.factor.Gate;
import dev.stile.key.FixedKeys;
import dev.stile.key.KeyUse;
import dev.stile.key.Sealing;
import dev.stile.key.Secret;
import dev.stile.memory.InMemoryStore;
import dev.stile.subject.Subject;
import dev.stile.testing.Enrollment;
import dev.stile.testing.Samples;
import dev.stile.testing.SeededRandom;
import dev.stile.testing.Stores;
import dev.stile.throttle.SendLimits;
import dev.stile.throttle.SendLimits.Window;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Whatever the weather: one code for each generation, none after its challenge is over, more than
/// once only where a worker died between the send and its record, and none lost. `-Dstile.seed` is
/// another storm, `-Dstile.deliveries` a longer one.
@Tag("R33")
@Tag("R34")
class DeliveryStormTest {
  private static final long SEED = Long.getLong("stile.seed", 20_261_122);
  private static final int DELIVERIES = Integer.getInteger("stile.deliveries", 2_000);
  private static final int ON_DYNAMO = 120;

  private final Sealing sealing = new Sealing(new FixedKeys(), new SeededRandom(SEED));

  @Test
  void sendsEachCodeOnceInAnyWeather() {
    System.out.println("seed " + SEED);
    DeliveryStorm.Tally tally =
        storm(new InMemoryStore().stores(), DELIVERIES / 4).blow(DELIVERIES);
    calm(tally);
    assertThat(tally.duplicates()).isGreaterThan(tally.deliveries() / 5);
    assertThat(tally.late()).isPositive();
    assertThat(tally.carrier().crashes()).isPositive();
  }

  @Test
  void sendsEachCodeOnceOnDynamoToo() {
    try (EmbeddedDynamo engine = EmbeddedDynamo.inMemory();
        DynamoDbClient client = client(engine)) {
      StileTable.create(client, "stile");
      var table = new StileTable(client, "stile");
      var stores =
          new Stores(
              new DynamoFactors(table),
              new DynamoChallenges(table),
              new DynamoVerdicts(table),
              new DynamoActivations(table),
              new DynamoAssertions(table),
              new DynamoRegistrations(table));
      calm(storm(stores, ON_DYNAMO / 5).blow(ON_DYNAMO));
    }
  }

  private static void calm(DeliveryStorm.Tally tally) {
    System.out.println(tally);
    assertThat(tally.carrier().crashed()).containsAll(tally.repeated());
    assertThat(tally.untold()).isZero();
    assertThat(tally.dead()).isZero();
  }

  @Test
  void noticesAClaimThatIsNone() {
    Stores sound = new InMemoryStore().stores();
    var careless =
        new Bent(sound.challenges()) {
          @Override
          public Optional<Claim> claim(
              Subject subject, ChallengeId id, int generation, Instant now) {
            Optional<Claim> claim = super.claim(subject, id, generation, now);
            return claim.isPresent() ? claim : unclaimed(sound, subject, id, now);
          }
        };
    DeliveryStorm.Tally tally = storm(with(careless, sound), 80).blow(400);
    assertThat(tally.repeated()).hasSizeGreaterThan(tally.carrier().crashed().size());
  }

  /// A claim on what is live, whoever has sent it before.
  private static Optional<Challenges.Claim> unclaimed(
      Stores stores, Subject subject, ChallengeId id, Instant now) {
    return stores
        .challenges()
        .find(subject, id)
        .filter(challenge -> challenge.isLive(now))
        .map(challenge ->
            new Challenges.Claim(
                challenge, stores.factors().find(subject, id.factor()).orElseThrow()));
  }

  @Test
  void noticesACodeThatComesTooLate() {
    Stores sound = new InMemoryStore().stores();
    var timeless =
        new Bent(sound.challenges()) {
          @Override
          public Optional<Claim> claim(
              Subject subject, ChallengeId id, int generation, Instant now) {
            Instant then =
                sound.challenges().find(subject, id).map(c -> c.lifetime().created()).orElse(now);
            return super.claim(subject, id, generation, then);
          }
        };
    assertThatThrownBy(() -> storm(with(timeless, sound), 800).blow(800))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("its challenge was over");
  }

  private static Stores with(Challenges challenges, Stores sound) {
    return new Stores(
        sound.factors(),
        challenges,
        sound.verdicts(),
        sound.activations(),
        sound.assertions(),
        sound.registrations());
  }

  private DeliveryStorm storm(Stores stores, int people) {
    var storm = new DeliveryStorm(stores, DeliveryStormTest::policy, SEED);
    for (int i = 0; i < people; i++) {
      boolean phone = i % 3 > 0;
      String address = phone ? "+4179" + (1_000_000 + i) : "user" + i + "@example.org";
      storm.meet(address, enrolled(stores, phone ? FactorKind.SMS : FactorKind.EMAIL, address));
    }
    return storm;
  }

  private StormSubject enrolled(Stores stores, FactorKind kind, String address) {
    Enrollment enrollment = Enrollment.of(stores);
    FactorId id = FactorId.random(Samples.IDS);
    Secret secret = Secret.of(address.getBytes(StandardCharsets.UTF_8));
    var destination =
        new Destination(
            kind,
            sealing.seal(enrollment.subject(), id.text(), KeyUse.DESTINATION, secret),
            "hint",
            "index of " + id);
    Instant then = Samples.ENROLLED;
    var times = new Factor.Times(then, then.plus(Samples.LAPSE), null, null);
    enrollment.pending(
        new Factor(id, "factor", destination, FactorState.PENDING, Failures.NONE, times));
    enrollment.ask(id, kind, Status.PENDING, then);
    assertThat(stores.activations().activate(enrollment.proof(id, then), new Gate.FirstFactor()))
        .isInstanceOf(Activation.Activated.class);
    String owner = Purpose.STEP_UP.owner(Samples.principal(enrollment.subject()));
    return new StormSubject(enrollment.subject(), id, kind, owner);
  }

  private static Policy policy() {
    var window = new Window(10, Duration.ofHours(1));
    var client =
        new Client("console", List.of("console"), List.of("pay"), "stile.example.com", "en");
    return new Policy(
        Samples.subject().tenant(),
        new Policy.Parties("Stile", List.of(), List.of(client)),
        List.of(new Level("aal1", EnumSet.allOf(FactorKind.class))),
        Map.of(),
        Set.of(),
        new Limits(
            new SendLimits(Duration.ZERO, List.of(), window, window, window), window, window),
        Templates.NONE);
  }

  private static DynamoDbClient client(EmbeddedDynamo engine) {
    return DynamoDbClient.builder()
        .endpointOverride(engine.endpoint())
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .build();
  }

  /// Sound challenges, some of whose methods are replaced.
  private abstract static class Bent implements Challenges {
    private final Challenges sound;

    Bent(Challenges sound) {
      this.sound = sound;
    }

    @Override
    public Opening open(
        Subject subject, Challenge challenge, @Nullable String answer, Instant now) {
      return sound.open(subject, challenge, answer, now);
    }

    @Override
    public Opening openNext(
        Subject subject, Challenge challenge, @Nullable String answer, Ticket ticket) {
      return sound.openNext(subject, challenge, answer, ticket);
    }

    @Override
    public Opening openDecoy(Subject subject, Factor decoy, Challenge challenge, Instant now) {
      return sound.openDecoy(subject, decoy, challenge, now);
    }

    @Override
    public Optional<Challenge> find(Subject subject, ChallengeId id) {
      return sound.find(subject, id);
    }

    @Override
    public boolean start(Subject subject, ChallengeId id, String answer, Instant now) {
      return sound.start(subject, id, answer, now);
    }

    @Override
    public Optional<Challenge> renew(Subject subject, Challenge seen, String answer, Instant now) {
      return sound.renew(subject, seen, answer, now);
    }

    @Override
    public Optional<Challenge> cancel(
        Subject subject,
        ChallengeId id,
        String owner,
        @Nullable ChallengeId replacedBy,
        Instant now) {
      return sound.cancel(subject, id, owner, replacedBy, now);
    }

    @Override
    public Optional<Claim> claim(Subject subject, ChallengeId id, int generation, Instant now) {
      return sound.claim(subject, id, generation, now);
    }

    @Override
    public void settle(
        Subject subject,
        ChallengeId id,
        int generation,
        Dispatch.Delivery delivery,
        @Nullable String reason) {
      sound.settle(subject, id, generation, delivery, reason);
    }
  }
}
