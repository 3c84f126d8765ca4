package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stile.challenge.Status;
import dev.stile.key.Bytes;
import dev.stile.local.FaultFlows.Act;
import dev.stile.local.Stage.Reply;
import dev.stile.testing.passkey.Passkey;
import dev.stile.testing.passkey.Passkey.Options;
import dev.stile.testing.passkey.PasskeyJson;
import dev.stile.testing.passkey.Step;
import dev.stile.testing.passkey.Tampering;
import java.util.Map;
import java.util.function.Function;

/// What the functions do for passkeys, for [FaultsTest]. A challenge is consumed before anything is
/// verified, so a ceremony that a fault met may have to be begun again; nothing succeeds twice.
final class PasskeyFlows {
  private static final Tampering WRONG = Tampering.ofText(Step.ORIGIN, origin -> origin + "/");

  private final Person person;
  private final Passkey passkey = Passkey.of(Passkey.Model.SECURITY_KEY);
  private String factor = "";
  private Bytes handle = Bytes.ofText("");

  private PasskeyFlows(Stage stage) {
    this.person = new Person(stage);
  }

  static Map<String, Function<Person, Act>> all() {
    return Map.of(
        "enroll a passkey", person -> new PasskeyFlows(person.stage).enroll(),
        "activate a passkey", person -> new PasskeyFlows(person.stage).activate(),
        "activate a passkey wrongly", person -> new PasskeyFlows(person.stage).activateWrongly(),
        "ask a passkey", person -> new PasskeyFlows(person.stage).ask(),
        "approve by a passkey", person -> new PasskeyFlows(person.stage).approve(),
        "approve by a passkey wrongly", person -> new PasskeyFlows(person.stage).approveWrongly());
  }

  private static boolean failed(Reply reply) {
    return reply.status() == 503;
  }

  // Enrollment

  private Act enroll() {
    return new Act(
        201,
        person::enrollPasskey,
        reply -> {
          Reply enrolled = failed(reply) ? person.is(201, person.enrollPasskey()) : reply;
          person.is(200, register(enrolled, Tampering.NONE));
          assertThat(person.active()).hasSize(1);
        });
  }

  private Act activate() {
    Reply enrolled = person.is(201, person.enrollPasskey());
    return new Act(
        200,
        () -> register(enrolled, Tampering.NONE),
        reply -> {
          boolean active = !person.active().isEmpty();
          if (!failed(reply)) {
            assertThat(active).isTrue();
          }
          assertThat(register(enrolled, Tampering.NONE).status()).isIn(200, 401, 409);
          if (person.active().isEmpty()) {
            registered();
          }
          assertThat(person.active()).hasSize(1);
        });
  }

  private Act activateWrongly() {
    Reply enrolled = person.is(201, person.enrollPasskey());
    return new Act(
        422,
        () -> register(enrolled, WRONG),
        reply -> {
          assertThat(person.active()).isEmpty();
          if (!failed(reply)) {
            person.is(409, register(enrolled, Tampering.NONE));
          }
          registered();
        });
  }

  private Reply register(Reply enrolled, Tampering tampering) {
    JsonNode options = enrolled.body().at("/webauthn");
    factor = enrolled.text("/id");
    handle = Bytes.ofText(options.at("/user/id").asText());
    var response = passkey.create(options(options, options.at("/rp/id").asText()), tampering);
    return person.activate(factor, PasskeyJson.members(response));
  }

  private void registered() {
    person.is(200, register(person.is(201, person.enrollPasskey()), Tampering.NONE));
  }

  // Challenges

  private Act ask() {
    registered();
    return new Act(
        201,
        () -> person.ask("login", factor),
        reply -> succeedsOnce(failed(reply) ? asked() : reply));
  }

  private Act approve() {
    registered();
    Reply asked = asked();
    Map<String, Object> answer = answer(asked, Tampering.NONE);
    return new Act(
        200,
        () -> person.verify(asked.text("/id"), answer),
        reply -> {
          boolean approved = status(asked) == Status.APPROVED;
          if (!failed(reply)) {
            assertThat(approved).isTrue();
          }
          Reply again = person.verify(asked.text("/id"), answer);
          assertThat(again.status()).isIn(approved ? 409 : 200, 409);
          person.is(409, person.verify(asked.text("/id"), answer));
          succeedsOnce(asked());
        });
  }

  private Act approveWrongly() {
    registered();
    Reply asked = asked();
    return new Act(
        422,
        () -> person.verify(asked.text("/id"), answer(asked, WRONG)),
        reply -> {
          assertThat(status(asked)).isNotEqualTo(Status.APPROVED);
          if (!failed(reply)) {
            person.is(409, person.verify(asked.text("/id"), answer(asked, Tampering.NONE)));
          }
          succeedsOnce(asked());
        });
  }

  private Reply asked() {
    return person.is(201, person.ask("login", factor));
  }

  private Status status(Reply asked) {
    return person.challenge(asked.text("/id")).progress().status();
  }

  private void succeedsOnce(Reply asked) {
    Map<String, Object> answer = answer(asked, Tampering.NONE);
    person.is(200, person.verify(asked.text("/id"), answer));
    person.is(409, person.verify(asked.text("/id"), answer));
  }

  private Map<String, Object> answer(Reply asked, Tampering tampering) {
    JsonNode options = asked.body().at("/webauthn");
    return PasskeyJson.members(
        passkey.get(options(options, options.at("/rpId").asText()), tampering));
  }

  private Options options(JsonNode options, String party) {
    return new Options(
        party, Stage.BASE.toString(), Bytes.ofText(options.at("/challenge").asText()), handle);
  }
}
