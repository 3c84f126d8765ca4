package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.aws.dynamo.StileTable;
import dev.stile.challenge.Dispatch;
import dev.stile.engines.Fault;
import dev.stile.local.FaultFlows.Act;
import dev.stile.local.FaultyWire.Mishap;
import dev.stile.local.FaultyWire.Plan;
import dev.stile.local.Stage.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every call that every flow makes to DynamoDB and SQS meets every fault. A user is never told
/// what is not so: 503, or the truth where the SDK's own retry recognises what it wrote.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("R32")
class FaultsTest {
  private static final int STAGES = 4;
  private static final int MOST_TRIES = 3;
  private static final Set<String> READS = Set.of("GetItem", "Query");
  private final Map<String, BlockingQueue<String>> inboxes = new ConcurrentHashMap<>();
  private final Map<String, Function<Person, Act>> flows = FaultFlows.all();
  private final List<Stage> stages = new ArrayList<>();
  private Engines engines;

  @BeforeAll
  void start() {
    engines = Engines.start(null, sent -> Stage.file(inboxes, sent));
    StileTable.create(Stage.account(engines).dynamoDb(), LocalStile.TABLE);
    for (int i = 0; i < STAGES; i++) {
      stages.add(new Stage(engines, Integer.toString(i), Stage.Setting.of(inboxes)));
    }
  }

  @AfterAll
  void stop() {
    stages.forEach(Stage::close);
    engines.close();
  }

  @AfterEach
  void mend() {
    engines.capture().faults().clear();
  }

  @ParameterizedTest
  @CsvSource({"sms, sns:Publish", "email, ses:SendEmail"})
  void ofACarrierAreToldInTheEnd(String kind, String action) {
    Person person = enrolled(kind);
    String challenge = person.is(201, person.ask("login", person.phoneId())).text("/id");
    engines.capture().faults().plan(action, 6, new Fault.Throttled());
    engines.capture().faults().plan(action, 9, new Fault.Broken());
    person.stage.settle();
    Dispatch failed = Objects.requireNonNull(person.challenge(challenge).dispatch());
    assertThat(failed.delivery()).isEqualTo(Dispatch.Delivery.FAILED);
    assertThat(failed.reason()).isEqualTo("service_failure");
    assertThat(person.codes()).isEmpty();

    person.is(200, person.resend(challenge));
    person.stage.settle();
    person.is(200, person.verify(challenge, person.latest()));
  }

  @Test
  void ofACarrierAreOvercome() {
    Person person = enrolled("sms");
    String challenge = person.is(201, person.ask("login", person.phoneId())).text("/id");
    engines.capture().faults().plan("sns:Publish", 1, new Fault.AnswerLost());
    engines.capture().faults().plan("sns:Publish", 2, new Fault.Broken());
    person.stage.settle();
    // The carrier took it twice, as nobody knew of the first time.
    List<String> codes = person.codes();
    assertThat(codes).hasSize(2);
    assertThat(codes.stream().distinct()).hasSize(1);
    person.is(200, person.verify(challenge, codes.getFirst()));
  }

  @ParameterizedTest
  @MethodSource
  void ofATopicAreOvercome(Fault fault) {
    Stage stage = stages.getFirst();
    stage.wire.plan(null);
    Act told = Objects.requireNonNull(flows.get("tell of a factor")).apply(new Person(stage));
    engines.capture().faults().plan("sns:Publish", 1, fault);
    Reply reply = told.call().get();
    assertThat(reply.status()).isIn(200, 503);
    told.check().accept(reply);
  }

  static List<Fault> ofATopicAreOvercome() {
    return List.of(new Fault.Throttled(), new Fault.Broken(), new Fault.AnswerLost());
  }

  private Person enrolled(String kind) {
    Stage stage = stages.getFirst();
    stage.wire.plan(null);
    var person = new Person(stage);
    person.keepPhone(
        person.is(201, kind.equals("sms") ? person.enrollPhone("") : person.enrollMailbox()));
    stage.settle();
    person.is(200, person.activate(person.phoneId(), person.latest(), ""));
    stage.clock.advance(Duration.ofMinutes(1));
    return person;
  }

  private record Case(String flow, Plan plan) {}

  @Test
  void neverMakeStileTellWhatIsNotSo() {
    ConcurrentLinkedQueue<Case> cases = new ConcurrentLinkedQueue<>(cases());
    int all = cases.size();
    ConcurrentLinkedQueue<String> lies = new ConcurrentLinkedQueue<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(STAGES)) {
      stages.forEach(stage -> threads.execute(() -> play(stage, cases, lies)));
    }
    System.out.printf("%d faults in %d flows%n", all, flows.size());
    lies.forEach(System.out::println);
    assertThat(lies).isEmpty();
    assertThat(all).isGreaterThan(350);
  }

  /// As many as there are calls without a fault.
  private List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    Stage stage = stages.getFirst();
    Person person = Person.enrolled(stage);
    flows.forEach((name, flow) -> {
      stage.clock.advance(Duration.ofDays(1));
      Act act = flow.apply(person);
      stage.wire.plan(null);
      Reply reply = act.call().get();
      List<String> operations = stage.wire.operations();
      assertThat(reply.status()).as(name).isEqualTo(act.status());
      act.check().accept(reply);
      System.out.println(name + ": " + operations);
      for (int call = 0; call < operations.size(); call++) {
        cases.addAll(cases(name, call, READS.contains(operations.get(call))));
      }
    });
    return cases;
  }

  /// What never arrives does so for good; an answer is lost once and for good, where something was
  /// written: else it is like one that comes too late.
  private static List<Case> cases(String flow, int call, boolean reads) {
    List<Plan> plans =
        new ArrayList<>(
            List.of(
                new Plan(call, Mishap.NEVER_ARRIVES, true),
                new Plan(call, Mishap.THROTTLED, false),
                new Plan(call, Mishap.TIMES_OUT, false),
                new Plan(call, Mishap.GARBAGE, false)));
    if (!reads) {
      plans.add(new Plan(call, Mishap.ANSWER_LOST, false));
      plans.add(new Plan(call, Mishap.ANSWER_LOST, true));
    }
    return plans.stream().map(plan -> new Case(flow, plan)).toList();
  }

  private void play(
      Stage stage, ConcurrentLinkedQueue<Case> cases, ConcurrentLinkedQueue<String> lies) {
    Person person = Person.enrolled(stage);
    for (Case next = cases.poll(); next != null; next = cases.poll()) {
      try {
        play(person, next);
      } catch (AssertionError | RuntimeException e) {
        lies.add(next + ": " + e);
        stage.wire.plan(null);
        person = Person.enrolled(stage);
      }
    }
  }

  /// A machine that is busy may let all attempts time out, where one was to fail: then once more.
  private void play(Person person, Case next) {
    boolean done = false;
    for (int tries = 1; !done; tries++) {
      done = play(person, next, tries == MOST_TRIES);
    }
  }

  private boolean play(Person person, Case next, boolean last) {
    Stage stage = person.stage;
    stage.clock.advance(Duration.ofDays(1));
    Act act = Objects.requireNonNull(flows.get(next.flow())).apply(person);
    stage.wire.plan(next.plan());
    Reply reply = act.call().get();
    assertThat(stage.wire.met()).isTrue();
    stage.wire.plan(null);
    boolean isMended = isMended(next.plan());
    if (isMended && (last || reply.status() != 503)) {
      assertThat(reply.status()).as("%s", reply.body()).isEqualTo(act.status());
    } else {
      assertThat(reply.status()).as("%s", reply.body()).isIn(act.status(), 503);
    }
    act.check().accept(reply);
    return !isMended || reply.status() != 503;
  }

  /// Whether the SDK's own retry gets past it.
  private static boolean isMended(Plan plan) {
    return !plan.lasts() && plan.mishap() != Mishap.GARBAGE;
  }
}
