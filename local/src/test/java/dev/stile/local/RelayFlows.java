package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import dev.stile.local.FaultFlows.Act;
import dev.stile.local.Stage.Reply;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What the relay tells of a new factor, for [FaultsTest]. The stream brings a change again until
/// everyone was told; however often it comes, there is one record of it, one notice and one fact.
final class RelayFlows {
  private RelayFlows() {}

  static Map<String, Function<Person, Act>> all() {
    return Map.of("tell of a factor", person -> tell(new Person(person.stage)));
  }

  private static Act tell(Person person) {
    Outlet outlet = person.stage.outlet;
    List<String> before = outlet.ends();
    person.keepApp(person.is(201, person.enrollApp("")));
    person.is(200, person.activate(person.appId(), person.appCode(), ""));
    List<DynamodbStreamRecord> changes = outlet.since(before, person.subject(), "MODIFY");
    return new Act(
        200,
        () -> tell(outlet, changes),
        reply -> {
          if (reply.status() == 503) {
            person.is(200, tell(outlet, changes));
          }
          person.is(200, tell(outlet, changes));
          assertThat(outlet.audited(person.subject()))
              .containsExactlyInAnyOrder("factor.pending", "factor.added");
          assertThat(outlet.notifications().stream().distinct()).hasSize(1);
        });
  }

  /// As an answer: done, or to be brought again.
  private static Reply tell(Outlet outlet, List<DynamodbStreamRecord> changes) {
    return new Reply(outlet.tell(changes) ? 200 : 503, Body.read("{}"));
  }
}
