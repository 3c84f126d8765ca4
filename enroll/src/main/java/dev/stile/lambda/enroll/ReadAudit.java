package dev.stile.lambda.enroll;

import dev.stile.assurance.Capability;
import dev.stile.audit.AuditRecord;
import dev.stile.audit.AuditRecord.About;
import dev.stile.audit.AuditTrail;
import dev.stile.audit.AuditTrail.Cursor;
import dev.stile.audit.AuditTrail.Page;
import dev.stile.edge.Callers;
import dev.stile.edge.JsonObject;
import dev.stile.edge.Request;
import dev.stile.edge.Response;
import dev.stile.edge.Router;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The history of a user: every verdict and every change of a factor, newest first, a page at a
/// time. His own for himself; for a back end that may manage his factors.
final class ReadAudit {
  private static final int USUAL_PAGE = 50;

  private final Callers callers;
  private final AuditTrail trail;
  private final Clock clock;

  @Inject
  ReadAudit(Callers callers, AuditTrail trail, Clock clock) {
    this.callers = callers;
    this.trail = trail;
    this.clock = clock;
  }

  Router router() {
    return Router.forBothDoors(Map.of("GET /v1/audit", this::read));
  }

  private Response read(Request request) {
    Caller caller = callers.of(request, Capability.MANAGE);
    JsonObject query = request.query();
    int limit = query.optionalParse("limit", ReadAudit::limit).orElse(USUAL_PAGE);
    @Nullable Cursor after = query.optionalParse("after", Cursor::of).orElse(null);
    query.noMore();
    Page page = trail.page(caller.subject(), after, limit, clock.instant());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("items", page.records().stream().map(ReadAudit::view).toList());
    if (page.next() != null) {
      body.put("next", page.next().text());
    }
    return Response.of(200, body);
  }

  private static int limit(String text) {
    int limit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > AuditTrail.MAX_PAGE) {
      throw new IllegalArgumentException("limit is a number from 1 to " + AuditTrail.MAX_PAGE);
    }
    return limit;
  }

  private static Map<String, Object> view(AuditRecord entry) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", entry.id().text());
    view.put("at", entry.at());
    view.put("type", entry.what().type());
    view.put("outcome", entry.what().outcome().wire());
    if (entry.what().reason() != null) {
      view.put("reason", entry.what().reason());
    }
    About about = entry.about();
    if (about.factor() != null && about.kind() != null) {
      view.put("factor", Map.of("id", about.factor().text(), "type", about.kind().wire()));
    }
    if (about.challenge() != null) {
      view.put("challenge_id", about.challenge().text());
    }
    if (about.action() != null) {
      view.put("action", about.action());
    }
    if (entry.call() != null) {
      view.put("client_id", entry.call().client());
      view.put("request_id", entry.call().request());
    }
    return view;
  }
}
