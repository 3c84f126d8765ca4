package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Challenge;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Status;
import dev.stile.factor.recovery.RecoveryCodes;
import dev.stile.local.Stage.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Everything that the functions do, each up to the one call that is disturbed, and what must hold
/// afterwards whatever was answered: the table and the answer agree, nothing succeeds twice, and
/// the user gets there in the end.
final class FaultFlows {
  private static final Duration PAUSE = Duration.ofSeconds(31);

  private FaultFlows() {}

  /// The call, the status that it has without a fault, and what must hold after it.
  record Act(int status, Supplier<Reply> call, Consumer<Reply> check) {}

  /// By name; each is given somebody with both factors, and may do without them.
  static Map<String, Function<Person, Act>> all() {
    Map<String, Function<Person, Act>> all = new LinkedHashMap<>();
    all.put("enroll an app", person -> enrollApp(new Person(person.stage)));
    all.put("enroll a phone", person -> enrollPhone(new Person(person.stage)));
    all.put("prepare a challenge", person -> prepare(new Person(person.stage)));
    all.put("deliver a code", person -> deliver(new Person(person.stage)));
    all.put("activate a phone", person -> activatePhone(new Person(person.stage)));
    all.put("activate a phone wrongly", person -> activatePhoneWrongly(new Person(person.stage)));
    all.put("activate an app", person -> activateApp(new Person(person.stage)));
    all.put("activate an app wrongly", person -> activateAppWrongly(new Person(person.stage)));
    all.put("ask a phone", FaultFlows::askPhone);
    all.put("ask an app", FaultFlows::askApp);
    all.put("ask the next of a chain", FaultFlows::goOn);
    all.put("resend", FaultFlows::resend);
    all.put("switch", FaultFlows::change);
    all.put("cancel", FaultFlows::cancel);
    all.put("verify a sent code", FaultFlows::verifySent);
    all.put("verify a wrong sent code", FaultFlows::verifySentWrongly);
    all.put("verify an app's code", FaultFlows::verifyShown);
    all.put("verify a wrong code of an app", FaultFlows::verifyShownWrongly);
    all.put("verify at once", FaultFlows::atOnce);
    all.put("verify at once wrongly", FaultFlows::atOnceWrongly);
    all.put("make recovery codes", FaultFlows::makeRecoveryCodes);
    all.put("redeem a recovery code", FaultFlows::redeem);
    all.put("redeem a wrong recovery code", FaultFlows::redeemWrongly);
    all.put("remove a factor", FaultFlows::remove);
    all.put("drop a pending factor", FaultFlows::abandon);
    all.putAll(PasskeyFlows.all());
    all.putAll(RelayFlows.all());
    return all;
  }

  private static boolean failed(Reply reply) {
    return reply.status() == 503;
  }

  // Enrollment

  private static Act enrollApp(Person person) {
    return new Act(
        201,
        () -> person.enrollApp(""),
        reply -> {
          person.keepApp(failed(reply) ? person.is(201, person.enrollApp("")) : reply);
          person.is(200, person.activate(person.appId(), person.appCode(), ""));
          assertThat(person.active()).hasSize(1);
        });
  }

  private static Act enrollPhone(Person person) {
    return new Act(
        201,
        () -> person.enrollPhone(""),
        reply -> {
          if (failed(reply)) {
            person.stage.clock.advance(PAUSE);
          }
          person.keepPhone(failed(reply) ? person.is(201, person.enrollPhone("")) : reply);
          person.stage.settle();
          long right =
              person.codes().stream()
                  .distinct()
                  .filter(code -> person.activate(person.phoneId(), code, "").status() == 200)
                  .count();
          assertThat(right).isEqualTo(1);
        });
  }

  private static Act prepare(Person person) {
    String challenge = requested(person);
    return work(person, challenge, person.stage::prepare, 1);
  }

  private static Act deliver(Person person) {
    String challenge = requested(person);
    person.stage.prepare();
    return work(person, challenge, person.stage::deliver, 2);
  }

  private static String requested(Person person) {
    Reply enrolled = person.is(201, person.enrollPhone(""));
    person.keepPhone(enrolled);
    return enrolled.text("/challenge/id");
  }

  /// A code arrives in the end, the same if it arrives more than once, or is told as failed.
  private static Act work(Person person, String challenge, Runnable work, int mostSends) {
    Supplier<Reply> call =
        () -> {
          work.run();
          return new Reply(200, Body.read("{}"));
        };
    return new Act(
        200,
        call,
        reply -> {
          settle(person, challenge);
          List<String> codes = person.codes();
          assertThat(codes).hasSizeBetween(1, mostSends);
          assertThat(codes.stream().distinct()).hasSize(1);
          person.is(200, person.activate(person.phoneId(), codes.getFirst(), ""));
        });
  }

  // Activation

  private static String pendingPhone(Person person) {
    String challenge = requested(person);
    person.stage.settle();
    return challenge;
  }

  private static Act activatePhone(Person person) {
    pendingPhone(person);
    String code = person.latest();
    return activated(person, person.phoneId(), code);
  }

  private static Act activateApp(Person person) {
    person.keepApp(person.is(201, person.enrollApp("")));
    return activated(person, person.appId(), person.appCode());
  }

  private static Act activated(Person person, String factor, String code) {
    return new Act(
        200,
        () -> person.activate(factor, code, ""),
        reply -> {
          boolean active = !person.active().isEmpty();
          if (!failed(reply)) {
            assertThat(active).isTrue();
          }
          // What is active takes a grant.
          person.is(active ? 401 : 200, person.activate(factor, code, ""));
          assertThat(person.active()).hasSize(1);
          person.is(401, person.activate(factor, code, ""));
        });
  }

  private static Act activatePhoneWrongly(Person person) {
    String challenge = pendingPhone(person);
    String code = person.latest();
    return new Act(
        422,
        () -> person.activate(person.phoneId(), Person.wrong(code), ""),
        reply -> {
          int guesses = person.challenge(challenge).progress().guesses();
          counted(reply, guesses);
          assertThat(person.failures(person.phoneId())).isEqualTo(guesses);
          person.is(200, person.activate(person.phoneId(), code, ""));
        });
  }

  private static Act activateAppWrongly(Person person) {
    person.keepApp(person.is(201, person.enrollApp("")));
    String code = person.appCode();
    return new Act(
        422,
        () -> person.activate(person.appId(), Person.wrong(code), ""),
        reply -> {
          counted(reply, person.failures(person.appId()));
          person.is(200, person.activate(person.appId(), code, ""));
        });
  }

  /// What was told as wrong is counted, and nothing more than once.
  private static void counted(Reply reply, int times) {
    if (failed(reply)) {
      assertThat(times).isLessThanOrEqualTo(1);
    } else {
      assertThat(times).isEqualTo(1);
    }
  }

  // Challenges

  private static Act askPhone(Person person) {
    return new Act(
        201,
        () -> person.ask("login", person.phoneId()),
        reply -> {
          if (failed(reply)) {
            person.stage.clock.advance(PAUSE);
          }
          Reply asked =
              failed(reply) ? person.is(201, person.ask("login", person.phoneId())) : reply;
          succeedsOnce(person, asked.text("/id"), arrived(person, asked.text("/id")));
        });
  }

  private static String arrived(Person person, String challenge) {
    settle(person, challenge);
    return person.latest();
  }

  /// Everything is sent, once more where the first sending is told as failed.
  private static void settle(Person person, String challenge) {
    person.stage.settle();
    Dispatch dispatch = person.challenge(challenge).dispatch();
    if (dispatch != null && dispatch.delivery() == Dispatch.Delivery.FAILED) {
      person.stage.clock.advance(PAUSE);
      person.is(200, person.resend(challenge));
      person.stage.settle();
    }
  }

  private static void succeedsOnce(Person person, String challenge, String code) {
    person.is(200, person.verify(challenge, code));
    person.is(409, person.verify(challenge, code));
  }

  private static Act askApp(Person person) {
    return new Act(
        201,
        () -> person.ask("login", person.appId()),
        reply -> {
          Reply asked = failed(reply) ? person.is(201, person.ask("login", person.appId())) : reply;
          succeedsOnce(person, asked.text("/id"), person.appCode());
        });
  }

  /// What the chain goes on with opens one challenge at most, and where its answer is lost the
  /// chain can be begun again.
  private static Act goOn(Person person) {
    String next = begun(person);
    return new Act(
        201,
        () -> person.goOn(next),
        reply -> {
          Reply again = person.goOn(next);
          if (!failed(reply)) {
            person.is(409, again);
          }
          Reply asked = failed(reply) ? again : reply;
          if (asked.status() == 409) {
            person.stage.clock.advance(PAUSE);
            asked = person.is(201, person.goOn(begun(person)));
          }
          Reply done = person.is(200, person.verify(asked.text("/id"), person.appCode()));
          assertThat(done.text("/grant/token")).isNotEmpty();
        });
  }

  private static String begun(Person person) {
    String first = person.is(201, person.ask("wire", person.phoneId())).text("/id");
    person.stage.settle();
    return person.is(200, person.verify(first, person.latest())).text("/next/token");
  }

  private static String asked(Person person) {
    String challenge = person.is(201, person.ask("login", person.phoneId())).text("/id");
    person.stage.settle();
    return challenge;
  }

  private static Act resend(Person person) {
    String challenge = asked(person);
    String first = person.latest();
    person.stage.clock.advance(PAUSE);
    return new Act(
        200,
        () -> person.resend(challenge),
        reply -> {
          if (failed(reply)) {
            person.stage.clock.advance(PAUSE);
            person.is(200, person.resend(challenge));
          }
          String second = arrived(person, challenge);
          person.is(422, person.verify(challenge, first));
          succeedsOnce(person, challenge, second);
        });
  }

  private static Act change(Person person) {
    String challenge = asked(person);
    String code = person.latest();
    return new Act(
        201,
        () -> person.change(challenge, person.appId()),
        reply -> {
          Reply changed = failed(reply) ? person.change(challenge, person.appId()) : reply;
          if (changed.status() == 409) {
            changed = person.ask("login", person.appId());
          }
          person.is(201, changed);
          person.is(409, person.verify(challenge, code));
          succeedsOnce(person, changed.text("/id"), person.appCode());
        });
  }

  private static Act cancel(Person person) {
    String challenge = asked(person);
    String code = person.latest();
    return new Act(
        200,
        () -> person.cancel(challenge),
        reply -> {
          if (failed(reply)) {
            int expected =
                person.challenge(challenge).progress().status() == Status.PENDING ? 200 : 409;
            person.is(expected, person.cancel(challenge));
          }
          person.is(409, person.verify(challenge, code));
        });
  }

  // Verdicts

  private static Act verifySent(Person person) {
    String challenge = asked(person);
    return verified(person, challenge, person.latest());
  }

  private static Act verifyShown(Person person) {
    String challenge = person.is(201, person.ask("login", person.appId())).text("/id");
    return verified(person, challenge, person.appCode());
  }

  /// Approved by the table or not: the next try tells, and only one of them succeeds.
  private static Act verified(Person person, String challenge, String code) {
    return new Act(
        200,
        () -> person.verify(challenge, code),
        reply -> {
          Challenge.Progress progress = person.challenge(challenge).progress();
          assertThat(progress.guesses()).isZero();
          boolean approved = progress.status() == Status.APPROVED;
          if (!failed(reply)) {
            assertThat(approved).isTrue();
          }
          person.is(approved ? 409 : 200, person.verify(challenge, code));
          person.is(409, person.verify(challenge, code));
        });
  }

  private static Act verifySentWrongly(Person person) {
    String challenge = asked(person);
    return verifiedWrongly(person, challenge, person.phoneId(), person.latest());
  }

  private static Act verifyShownWrongly(Person person) {
    String challenge = person.is(201, person.ask("login", person.appId())).text("/id");
    return verifiedWrongly(person, challenge, person.appId(), person.appCode());
  }

  private static Act verifiedWrongly(Person person, String challenge, String factor, String code) {
    return new Act(
        422,
        () -> person.verify(challenge, Person.wrong(code)),
        reply -> {
          int guesses = person.challenge(challenge).progress().guesses();
          counted(reply, guesses);
          assertThat(person.failures(factor)).isEqualTo(guesses);
          person.is(200, person.verify(challenge, code));
          assertThat(person.failures(factor)).isZero();
        });
  }

  private static Act atOnce(Person person) {
    String code = person.appCode();
    return new Act(
        200,
        () -> person.atOnce(code),
        reply -> {
          Reply again = person.atOnce(code);
          if (failed(reply) && again.status() == 200) {
            again = person.atOnce(code);
          }
          person.is(422, again);
          assertThat(again.code()).isEqualTo("code_already_used");
          person.is(200, person.atOnce(person.appCode()));
        });
  }

  private static Act atOnceWrongly(Person person) {
    String code = person.appCode();
    return new Act(
        422,
        () -> person.atOnce(Person.wrong(code)),
        reply -> {
          counted(reply, person.failures(person.appId()));
          person.is(200, person.atOnce(code));
        });
  }

  // Recovery

  private static Act makeRecoveryCodes(Person person) {
    String grant = person.grant();
    return new Act(
        201,
        () -> person.makeRecoveryCodes(grant),
        reply -> {
          Reply made = reply;
          if (failed(reply)) {
            Reply again = person.makeRecoveryCodes(grant);
            // The grant is used up with the codes that nobody saw.
            made = again.status() == 409 ? person.makeRecoveryCodes(person.grant()) : again;
          }
          person.is(201, made);
          person.is(409, person.makeRecoveryCodes(grant));
          person.is(200, person.redeem(made.text("/codes/0")));
        });
  }

  private static Reply recoverable(Person person) {
    return person.is(201, person.makeRecoveryCodes(person.grant()));
  }

  private static Act redeem(Person person) {
    Reply codes = recoverable(person);
    String code = codes.text("/codes/0");
    return new Act(
        200,
        () -> person.redeem(code),
        reply -> {
          boolean used = person.recovery().codes() == RecoveryCodes.SET_SIZE - 1;
          if (!failed(reply)) {
            assertThat(used).isTrue();
          }
          person.is(used ? 422 : 200, person.redeem(code));
          person.is(422, person.redeem(code));
          person.is(200, person.redeem(codes.text("/codes/1")));
        });
  }

  private static Act redeemWrongly(Person person) {
    // The codes of a set that was replaced are wrong.
    String wrong = recoverable(person).text("/codes/0");
    String right = recoverable(person).text("/codes/0");
    return new Act(
        422,
        () -> person.redeem(wrong),
        reply -> {
          counted(reply, person.recovery().failures().count());
          person.is(200, person.redeem(right));
        });
  }

  // Removal

  private static Act remove(Person person) {
    String first = person.grant();
    Reply added = person.is(201, person.enrollApp(first));
    String factor = added.text("/id");
    person.is(200, person.activate(factor, person.appCode(added.text("/secret")), first));
    String grant = person.grant();
    return new Act(
        204,
        () -> person.remove(factor, grant),
        reply -> {
          boolean gone = !person.has(factor);
          if (!failed(reply)) {
            assertThat(gone).isTrue();
          }
          person.is(gone ? 404 : 204, person.remove(factor, grant));
          person.is(409, person.remove(person.phoneId(), grant));
          assertThat(person.active()).hasSize(2);
        });
  }

  private static Act abandon(Person person) {
    String factor = person.is(201, person.enrollApp(person.grant())).text("/id");
    return new Act(
        204,
        () -> person.remove(factor, ""),
        reply -> {
          boolean gone = !person.has(factor);
          if (!failed(reply)) {
            assertThat(gone).isTrue();
          }
          person.is(gone ? 404 : 204, person.remove(factor, ""));
          assertThat(person.has(factor)).isFalse();
        });
  }
}
