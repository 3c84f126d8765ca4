package dev.stile.lambda.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stile.assurance.Action;
import dev.stile.assurance.Client;
import dev.stile.assurance.FactorChoice.Wish;
import dev.stile.assurance.Level;
import dev.stile.assurance.Limits;
import dev.stile.assurance.Policy;
import dev.stile.aws.dynamo.DynamoActivations;
import dev.stile.aws.dynamo.DynamoAssertions;
import dev.stile.aws.dynamo.DynamoChallenges;
import dev.stile.aws.dynamo.DynamoDirectVerdicts;
import dev.stile.aws.dynamo.DynamoFactors;
import dev.stile.aws.dynamo.DynamoRates;
import dev.stile.aws.dynamo.DynamoRegistrations;
import dev.stile.aws.dynamo.DynamoVerdicts;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.challenge.Activations.Activation;
import dev.stile.challenge.Answers;
import dev.stile.challenge.Binding;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Challenges.Opening;
import dev.stile.challenge.DirectVerdicts;
import dev.stile.challenge.Status;
import dev.stile.challenge.Verification;
import dev.stile.challenge.Verification.Cause;
import dev.stile.challenge.Verification.Reason;
import dev.stile.challenge.Verification.Refused;
import dev.stile.challenge.Verification.Rejected;
import dev.stile.challenge.Verification.Verified;
import dev.stile.edge.Ask;
import dev.stile.edge.Asks;
import dev.stile.engines.EmbeddedDynamo;
import dev.stile.factor.Code;
import dev.stile.factor.Credential;
import dev.stile.factor.Decoys;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Failures;
import dev.stile.factor.Gate;
import dev.stile.factor.TotpParameters;
import dev.stile.factor.totp.ReferenceHotp;
import dev.stile.factor.totp.TotpCheck;
import dev.stile.key.FixedKeys;
import dev.stile.key.KeyUse;
import dev.stile.key.KeyedDigest;
import dev.stile.key.Sealing;
import dev.stile.key.Secret;
import dev.stile.memory.InMemoryDirectVerdicts;
import dev.stile.memory.InMemoryRates;
import dev.stile.memory.InMemoryStore;
import dev.stile.problem.ProblemCode;
import dev.stile.problem.ProblemException;
import dev.stile.subject.Caller;
import dev.stile.subject.Subject;
import dev.stile.testing.Enrollment;
import dev.stile.testing.Race;
import dev.stile.testing.Samples;
import dev.stile.testing.SeededRandom;
import dev.stile.testing.Stores;
import dev.stile.throttle.Rates;
import dev.stile.throttle.SendLimits;
import dev.stile.throttle.SendLimits.Window;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class VerifyAtOnceTest {
  private static final Instant NOW = Samples.NOW;
  private static final Secret SEED =
      Secret.of("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
  private static final Binding BINDING = Binding.of(Map.of("to", "Ada"));
  private static final int CHALLENGES = 60;

  private final InMemoryStore table = new InMemoryStore();
  private final Setting setting =
      new Setting(table.stores(), new InMemoryDirectVerdicts(table), new InMemoryRates());

  @Nested
  class ARightCode {
    @Test
    void approvesWhatWasAskedAndNothingElse() {
      Factor app = setting.enrolled();
      Verified verified = (Verified) setting.verify(ask(app.id()), code(NOW), NOW);
      Challenge challenge = verified.challenge();
      assertThat(challenge.approval().action()).isEqualTo("transfer");
      assertThat(challenge.approval().binding()).isEqualTo(BINDING);
      assertThat(challenge.approval().display()).isEqualTo("transfer (to: Ada)");
      assertThat(challenge.approval().audience()).isEqualTo("pay");
      assertThat(challenge.approval().decision().acr()).isEqualTo("aal2");
      assertThat(setting.stores.challenges().find(setting.subject(), challenge.id()))
          .contains(challenge);
    }

    @Test
    void isFoundWithoutNamingTheFactor() {
      setting.enrollment.active(FactorKind.SMS);
      Factor app = setting.enrolled();
      Verified verified = (Verified) setting.verify(ask(null), code(NOW), NOW);
      assertThat(verified.factor().id()).isEqualTo(app.id());
    }

    @Test
    void isRefusedOnceItIsUsedAndCountsAsAFailure() {
      Factor app = setting.enrolled();
      assertThat(setting.verify(ask(null), code(NOW), NOW)).isInstanceOf(Verified.class);
      assertThat(setting.verify(ask(null), code(NOW), NOW.plusSeconds(1)))
          .isEqualTo(new Rejected(0, Cause.ALREADY_USED));
      assertThat(setting.factor(app).failures()).isEqualTo(new Failures(1, NOW.plusSeconds(1)));
    }

    @Test
    void isAcceptedOnceOfManyAtATime() {
      setting.enrolled();
      List<Verification> all = Race.of(50, i -> setting.verify(ask(null), code(NOW), NOW));
      assertThat(all).filteredOn(v -> v instanceof Verified).hasSize(1);
      assertThat(all).filteredOn(v -> v instanceof Rejected).hasSize(5);
      assertThat(all).filteredOn(v -> v instanceof Refused).hasSize(44);
    }
  }

  @Nested
  class AWrongCode {
    @Test
    void countsAndDelaysLikeThoseOfOtherChallenges() {
      Factor app = setting.enrolled();
      for (int i = 1; i <= 5; i++) {
        assertThat(setting.verify(ask(null), wrong(), NOW))
            .isEqualTo(new Rejected(0, Cause.INCORRECT));
        assertThat(setting.factor(app).failures().count()).isEqualTo(i);
      }
      assertThat(setting.verify(ask(null), code(NOW), NOW))
          .isEqualTo(new Refused(Reason.DELAYED, NOW.plusSeconds(30)));
      Instant later = NOW.plusSeconds(30);
      assertThat(setting.verify(ask(null), code(later), later)).isInstanceOf(Verified.class);
    }

    @Test
    void leavesNothingToGuessAgain() {
      Factor app = setting.enrolled();
      assertThat(setting.verify(ask(null), wrong(), NOW)).isInstanceOf(Rejected.class);
      // Whatever is kept of it has ended: four more may open beside it.
      for (int i = 0; i < 4; i++) {
        Challenge open =
            Samples.challenge(app.id(), FactorKind.TOTP, "someone", Status.PENDING, NOW);
        assertThat(setting.stores.challenges().open(setting.subject(), open, null, NOW))
            .isInstanceOf(Opening.Opened.class);
      }
      assertThat(setting.verify(ask(null), code(NOW), NOW)).isInstanceOf(Verified.class);
    }
  }

  @Nested
  class IsRefused {
    @Test
    void whereThereIsNoApp() {
      Factor phone = setting.enrollment.active(FactorKind.SMS);
      assertRefused(ProblemCode.NO_FACTOR, ask(null), NOW);
      assertRefused(ProblemCode.NO_FACTOR, ask(phone.id()), NOW);
      assertRefused(ProblemCode.NO_FACTOR, ask(FactorId.random(Samples.IDS)), NOW);
    }

    @Test
    void whereTheActionTakesNoApp() {
      setting.enrolled();
      assertRefused(ProblemCode.NO_FACTOR, new Ask("by-phone", BINDING, wish(null), null), NOW);
    }

    @Test
    void whereThePolicyKnowsNoSuchAction() {
      setting.enrolled();
      assertRefused(ProblemCode.POLICY_DENIED, new Ask("fly", BINDING, wish(null), null), NOW);
    }

    @Test
    void afterTooManyChallengesOfEitherKind() {
      for (int i = 0; i < CHALLENGES; i++) {
        assertRefused(ProblemCode.NO_FACTOR, ask(null), NOW);
      }
      setting.enrolled();
      assertRefused(ProblemCode.RATE_LIMITED, ask(null), NOW);
      Instant later = NOW.plus(Duration.ofMinutes(10));
      assertThat(setting.verify(ask(null), code(later), later)).isInstanceOf(Verified.class);
    }

    private void assertRefused(ProblemCode code, Ask ask, Instant now) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> setting.verify(ask, code(now), now))
          .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
    }
  }

  /// One to count the asking, one to read the account; the verdict is one read and one write.
  @Test
  void takesFourCallsOfTheTableWhetherRightOrWrong() {
    try (EmbeddedDynamo engine = EmbeddedDynamo.inMemory()) {
      List<String> calls = Collections.synchronizedList(new ArrayList<>());
      try (DynamoDbClient client = client(engine, calls)) {
        StileTable.create(client, "stile");
        var stile = new StileTable(client, "stile");
        var stores =
            new Stores(
                new DynamoFactors(stile),
                new DynamoChallenges(stile),
                new DynamoVerdicts(stile),
                new DynamoActivations(stile),
                new DynamoAssertions(stile),
                new DynamoRegistrations(stile));
        var counted = new Setting(stores, new DynamoDirectVerdicts(stile), new DynamoRates(stile));
        counted.enrolled();

        calls.clear();
        assertThat(counted.verify(ask(null), wrong(), NOW)).isInstanceOf(Rejected.class);
        assertThat(calls).containsExactly("UpdateItem", "Query", "GetItem", "UpdateItem");

        calls.clear();
        assertThat(counted.verify(ask(null), code(NOW), NOW)).isInstanceOf(Verified.class);
        assertThat(calls).containsExactly("UpdateItem", "Query", "GetItem", "UpdateItem");
      }
    }
  }

  private static DynamoDbClient client(EmbeddedDynamo engine, List<String> calls) {
    var counter =
        new ExecutionInterceptor() {
          @Override
          public void beforeTransmission(
              Context.BeforeTransmission context, ExecutionAttributes attributes) {
            calls.add(
                String.valueOf(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME)));
          }
        };
    return DynamoDbClient.builder()
        .endpointOverride(engine.endpoint())
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .overrideConfiguration(overrides -> overrides.addExecutionInterceptor(counter))
        .build();
  }

  private static Ask ask(@Nullable FactorId factor) {
    return new Ask("transfer", BINDING, wish(factor), null);
  }

  private static Wish wish(@Nullable FactorId factor) {
    return new Wish(factor, Set.of(FactorKind.TOTP), Set.of());
  }

  private static Code code(Instant now) {
    TotpParameters usual = TotpParameters.USUAL;
    return Code.of(new ReferenceHotp().digits(SEED, usual, usual.stepAt(now)));
  }

  /// A code that belongs to no step near.
  private static Code wrong() {
    return code(NOW.plus(Duration.ofDays(1)));
  }

  /// A user, a policy and the stores that the use case works on.
  private static final class Setting {
    private final FixedKeys keys = new FixedKeys();
    private final Stores stores;
    private final DirectVerdicts verdicts;
    private final Rates rates;
    private final Enrollment enrollment;

    Setting(Stores stores, DirectVerdicts verdicts, Rates rates) {
      this.stores = stores;
      this.verdicts = verdicts;
      this.rates = rates;
      this.enrollment = Enrollment.of(stores);
    }

    Subject subject() {
      return enrollment.subject();
    }

    /// The user's app, proven long ago.
    Factor enrolled() {
      var id = FactorId.random(Samples.IDS);
      Instant then = Samples.ENROLLED;
      var sealing = new Sealing(keys, new SeededRandom(1));
      var pending =
          new Factor(
              id,
              "My app",
              new Credential.Totp(
                  sealing.seal(subject(), id.text(), KeyUse.SEED, SEED),
                  TotpParameters.USUAL,
                  Credential.TotpProgress.NEW),
              FactorState.PENDING,
              Failures.NONE,
              new Factor.Times(then, then.plus(Samples.LAPSE), null));
      var gate =
          stores.factors().account(subject()).everEnrolled()
              ? Samples.grant()
              : new Gate.FirstFactor();
      enrollment.pending(pending);
      assertThat(stores.activations().activate(enrollment.proof(id, then), gate))
          .isEqualTo(new Activation.Activated());
      return enrollment.factor(id);
    }

    Factor factor(Factor before) {
      return enrollment.factor(before.id());
    }

    Verification verify(Ask ask, Code code, Instant now) {
      Clock clock = Clock.fixed(now, ZoneOffset.UTC);
      var digest = new KeyedDigest(keys);
      var sealing = new Sealing(keys, new SeededRandom(1));
      var apps = new JudgeAnswer.Apps(sealing, new TotpCheck(new ReferenceHotp()));
      var asks =
          new Asks(
              () -> policy(subject()), stores.factors(), rates, new Decoys(digest, clock), clock);
      var useCase =
          new VerifyAtOnce(
              asks, verdicts, new JudgeTotp(new Answers(digest), apps), Samples.IDS, digest, clock);
      return useCase.verify(new Caller(Samples.principal(subject()), null, "192.0.2.1"), ask, code);
    }

    private static Policy policy(Subject subject) {
      Set<FactorKind> all = EnumSet.allOf(FactorKind.class);
      var window = new Window(10, Duration.ofHours(1));
      var client = new Client("console", List.of("console"), List.of("pay"), "localhost", "en");
      return new Policy(
          subject.tenant(),
          new Policy.Parties("Stile", List.of(), List.of(client)),
          List.of(
              new Level("aal1", all), new Level("aal2", Set.of(FactorKind.TOTP, FactorKind.SMS))),
          Map.of(
              "transfer", action("transfer", all),
              "by-phone", action("by-phone", Set.of(FactorKind.SMS))),
          Set.of(),
          new Limits(
              new SendLimits(Duration.ZERO, List.of(), window, window, window),
              new Window(CHALLENGES, Duration.ofMinutes(10)),
              window));
    }

    private static Action action(String name, Set<FactorKind> kinds) {
      return new Action(
          name, false, null, kinds, new Action.Display(null, false), Duration.ofMinutes(5));
    }
  }
}
