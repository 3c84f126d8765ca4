package dev.stile.local;

import dev.stile.aws.dynamo.StileTable;
import dev.stile.local.FaultyWire.Mishap;
import dev.stile.local.FaultyWire.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/// A process that makes one verdict of each kind, stops where the table has it and the function not
/// yet its answer, says so and waits for its end. What it says are the facts by which another
/// process goes on, one a line.
final class Victim {
  private final Engines engines;
  private final Stage.Setting setting;
  private final List<Stage> stages = new ArrayList<>();

  private Victim(Path data) {
    Map<String, BlockingQueue<String>> inboxes = new ConcurrentHashMap<>();
    this.engines = Engines.start(data.resolve("dynamodb"), sent -> Stage.file(inboxes, sent));
    StileTable.create(Stage.account(engines).dynamoDb(), LocalStile.TABLE);
    this.setting = new Stage.Setting(inboxes, LocalKeys.in(data.resolve("keys")), Stage.PATIENT);
  }

  public static void main(String[] arguments) {
    var victim = new Victim(Path.of(arguments[0]));
    victim.activate();
    victim.answer();
    victim.guess();
    victim.show();
    for (Stage stage : victim.stages) {
      if (!stage.wire.isApplied()) {
        throw new IllegalStateException("a verdict was not written");
      }
    }
    System.out.println("written");
  }

  private Stage stage() {
    var stage = new Stage(engines, "victim-" + stages.size(), setting);
    stages.add(stage);
    return stage;
  }

  /// The first code of a phone.
  private void activate() {
    var person = new Person(stage());
    person.keepPhone(person.is(201, person.enrollPhone("")));
    person.stage.settle();
    String code = person.latest();
    stopAt(2, person, () -> person.activate(person.phoneId(), code, ""));
    say("activate", person, person.phoneId(), "", code);
  }

  /// A right code that was sent.
  private void answer() {
    Person person = Person.enrolled(stage());
    String challenge = asked(person);
    String code = person.latest();
    stopAt(0, person, () -> person.verify(challenge, code));
    say("answer", person, person.phoneId(), challenge, code);
  }

  /// The fifth wrong code in a row.
  private void guess() {
    Person person = Person.enrolled(stage());
    String first = asked(person);
    String code = person.latest();
    for (int i = 0; i < 4; i++) {
      person.is(422, person.verify(first, Person.wrong(code)));
    }
    String second = asked(person);
    String right = person.latest();
    stopAt(0, person, () -> person.verify(second, Person.wrong(right)));
    say("guess", person, person.phoneId(), second, right);
  }

  /// A right code of an app.
  private void show() {
    Person person = Person.enrolled(stage());
    String challenge = person.is(201, person.ask("login", person.appId())).text("/id");
    String code = person.appCode();
    stopAt(1, person, () -> person.verify(challenge, code));
    say("show", person, person.appId(), challenge, code);
  }

  private static String asked(Person person) {
    person.stage.clock.advance(Duration.ofDays(1));
    String challenge = person.is(201, person.ask("login", person.phoneId())).text("/id");
    person.stage.settle();
    return challenge;
  }

  private static void stopAt(int call, Person person, Runnable verdict) {
    person.stage.wire.plan(new Plan(call, Mishap.TIMES_OUT, true));
    Thread.ofPlatform().daemon().start(verdict);
  }

  private static void say(
      String what, Person person, String factor, String challenge, String code) {
    System.out.println(
        String.join(
            " ",
            what,
            person.subject(),
            person.stage.clock.instant().toString(),
            factor,
            code,
            challenge));
  }
}
